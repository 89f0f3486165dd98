export { Allowance, allowanceNamespace, allowanceRequest, type AllowanceRequest, type Intent } from './allowance';
