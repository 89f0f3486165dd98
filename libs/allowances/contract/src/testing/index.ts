export { describeAllowance, type AllowanceCase } from './allowance-contract';
