#!/bin/sh
# Starts Coturn with turnserver.conf and what differs from place to place. The secret comes in the environment and goes on
# in a file that this user alone can read: everybody on a machine can read a command line.
#   TURN_SECRET       shared with the app, at least 32 characters
#   TURN_REALM        the relay's name, for example turn.example.org
#   TURN_EXTERNAL_IP  behind NAT: the public address, or public/private (default: the machine has its public address itself)
#   TURN_LISTEN_IP    the one address to listen on and to relay from (default: all)
#   TURN_ALLOWED_PEER an address, or a range from-to, that is relayed to although turnserver.conf denies it
#   TURN_PORT, TURN_TLS_PORT, TURN_MIN_PORT, TURN_MAX_PORT  default 3478, 5349, 49152 and 53247
#   TURN_TLS          folder with fullchain.pem and privkey.pem (default /tls); without them there is no TLS
set -eu
umask 077
here=$(dirname "$0")
tls=${TURN_TLS:-/tls}
work=$(mktemp -d)
config=$work/turnserver.conf

if [ "${#TURN_SECRET}" -lt 32 ]; then
  echo 'TURN_SECRET must have at least 32 characters: openssl rand -hex 32' >&2
  exit 1
fi

{
  cat "$here/turnserver.conf"
  echo "realm=${TURN_REALM:?}"
  echo "static-auth-secret=$TURN_SECRET"
  echo "listening-port=${TURN_PORT:-3478}"
  echo "tls-listening-port=${TURN_TLS_PORT:-5349}"
  echo "min-port=${TURN_MIN_PORT:-49152}"
  echo "max-port=${TURN_MAX_PORT:-53247}"
  echo "pidfile=$work/pid"
  if [ -n "${TURN_EXTERNAL_IP:-}" ]; then echo "external-ip=$TURN_EXTERNAL_IP"; fi
  if [ -n "${TURN_ALLOWED_PEER:-}" ]; then echo "allowed-peer-ip=$TURN_ALLOWED_PEER"; fi
  if [ -n "${TURN_LISTEN_IP:-}" ]; then printf 'listening-ip=%s\nrelay-ip=%s\n' "$TURN_LISTEN_IP" "$TURN_LISTEN_IP"; fi
  if [ -r "$tls/fullchain.pem" ] && [ -r "$tls/privkey.pem" ]; then
    printf 'cert=%s\npkey=%s\n' "$tls/fullchain.pem" "$tls/privkey.pem"
  else
    echo "No TLS: $tls has no fullchain.pem and privkey.pem that user $(id -u) can read." >&2
    printf 'no-tls\nno-dtls\n'
  fi
} >"$config"

unset TURN_SECRET
exec turnserver -c "$config"
