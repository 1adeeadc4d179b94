/**
 * The name of a provider without the default registry host: `registry.terraform.io/hashicorp/aws` → `hashicorp/aws`.
 * Terraform and OpenTofu resolve a bare name against their own registry; other hosts are part of the name.
 * https://developer.hashicorp.com/terraform/language/providers/requirements#source-addresses
 */
export function providerName(address: string): string {
  return address.replace(/^registry\.(?:terraform\.io|opentofu\.org)\//, '');
}
