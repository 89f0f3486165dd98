export { Allowance, allowanceNamespace, allowanceRequest, type AllowanceRequest, type Intent } from './allowance';
export { AllowanceContext } from './allowance-context';
export { AllowanceRegistry, type AllowanceTable } from './allowance-registry';
export { AllowancesModule } from './allowances.module';
