import type { DisclosureRule } from '../../../../model/disclosure.ts';
import { assignedRules } from '../form/assigned.ts';
import type { Issuer } from '../form/shape-rules.ts';
import { shapeRules } from '../form/shape-rules.ts';

const issuer = (provider: string, revokePage?: string): Issuer => ({
  provider,
  advice:
    'Delete the key in the console of the account, then look at what it was used for and what that cost.',
  ...(revokePage === undefined ? {} : { revokePage }),
});

/** Language models and what stands around them. */
export const aiRules: readonly DisclosureRule[] = [
  // The letters in the middle are `OpenAI` in base64.
  ...shapeRules(issuer('OpenAI', 'https://platform.openai.com/api-keys'), [
    ['openai-api-key-old', 'OpenAI API key', 'sk-<b62 20>T3BlbkFJ<b62 20>'],
    ['openai-project-key', 'OpenAI project key', 'sk-proj-<url 58-74>T3BlbkFJ<url 58-74>'],
    ['openai-project-key-short', 'OpenAI project key', 'sk-proj-<url 20>T3BlbkFJ<url 20>'],
    ['openai-service-account-key', 'OpenAI service account key', 'sk-svcacct-<url 58-74>T3BlbkFJ<url 58-74>'],
    ['openai-service-account-key-short', 'OpenAI service account key', 'sk-svcacct-<url 20>T3BlbkFJ<url 20>'],
    ['openai-admin-key', 'OpenAI admin key', 'sk-admin-<url 58-74>T3BlbkFJ<url 58-74>'],
    ['openai-named-key', 'OpenAI service account key', 'sk-service-<url 1-60>-<b62 20>T3BlbkFJ<b62 20>'],
  ]),
  ...shapeRules(issuer('Anthropic', 'https://console.anthropic.com/settings/keys'), [
    ['anthropic-api-key', 'Anthropic API key', 'sk-ant-api03-<url 93>AA'],
    ['anthropic-admin-key', 'Anthropic admin key', 'sk-ant-admin01-<url 93>AA'],
    ['anthropic-oauth-token', 'Anthropic OAuth token', 'sk-ant-oat01-<url 80-120>'],
    ['anthropic-refresh-token', 'Anthropic OAuth refresh token', 'sk-ant-ort01-<url 80-120>'],
  ]),
  ...shapeRules(issuer('Hugging Face', 'https://huggingface.co/docs/hub/security-tokens'), [
    ['huggingface-access-token', 'Hugging Face access token', 'hf_<alpha 34>'],
    ['huggingface-organisation-token', 'Hugging Face organisation token', 'api_org_<alpha 34>'],
  ]),
  ...shapeRules(issuer('Perplexity'), [['perplexity-api-key', 'Perplexity API key', 'pplx-<b62 48>']]),
  ...shapeRules(issuer('Groq'), [['groq-api-key', 'Groq API key', 'gsk_<b62 52>']]),
  ...shapeRules(issuer('xAI'), [['xai-api-key', 'xAI API key', 'xai-<b62 80>']]),
  ...shapeRules(issuer('Replicate'), [['replicate-api-token', 'Replicate API token', 'r8_<b62 37>']]),
  ...assignedRules(issuer('Fireworks AI'), [
    {
      id: 'fireworks-api-key',
      title: 'Fireworks AI API key',
      names: ['fireworks'],
      shapes: ['fw_<b62 22-24>'],
    },
  ]),
  ...shapeRules(issuer('LangSmith'), [
    ['langsmith-personal-token', 'LangSmith personal token', 'lsv2_pt_<hex 32>_<hex 10>'],
    ['langsmith-service-key', 'LangSmith service key', 'lsv2_sk_<hex 32>_<hex 10>'],
  ]),
  ...shapeRules(issuer('Pinecone'), [['pinecone-api-key', 'Pinecone API key', 'pcsk_<b62 5-6>_<b62 62-64>']]),
  ...shapeRules(issuer('OpenRouter'), [['openrouter-api-key', 'OpenRouter API key', 'sk-or-v1-<hex 64>']]),
  ...assignedRules(issuer('Voyage AI'), [
    { id: 'voyage-api-key', title: 'Voyage AI API key', names: ['voyage'], shapes: ['pa-<url 43>'] },
  ]),
  ...shapeRules(issuer('Weights & Biases'), [
    ['wandb-api-key', 'Weights & Biases API key', 'wandb_v1_<b62 77>'],
  ]),
  ...shapeRules(issuer('Tavily'), [['tavily-api-key', 'Tavily API key', 'tvly-<b62 32>']]),
  ...assignedRules(issuer('Cohere'), [
    { id: 'cohere-api-key', title: 'Cohere API key', names: ['cohere', 'co_api_key'], shapes: ['<b62 40>'] },
  ]),
  ...assignedRules(issuer('DeepSeek'), [
    { id: 'deepseek-api-key', title: 'DeepSeek API key', names: ['deepseek'], shapes: ['sk-<hex 32>'] },
  ]),
  ...assignedRules(issuer('Mistral AI'), [
    {
      id: 'mistral-api-key',
      title: 'Mistral AI API key',
      names: ['mistral'],
      shapes: ['<b62 32>'],
      isStrict: true,
    },
  ]),
  ...assignedRules(issuer('ElevenLabs'), [
    {
      id: 'elevenlabs-api-key',
      title: 'ElevenLabs API key',
      names: ['elevenlabs', 'xi-api-key', 'xi_api_key'],
      shapes: ['sk_<hex 48>', '<hex 32>'],
    },
  ]),
  ...assignedRules(issuer('Private AI'), [
    {
      id: 'privateai-api-token',
      title: 'Private AI API token',
      names: ['privateai', 'private_ai', 'private-ai'],
      shapes: ['<b36 32>'],
    },
  ]),
  ...assignedRules(issuer('AssemblyAI'), [
    { id: 'assemblyai-api-key', title: 'AssemblyAI API key', names: ['assemblyai'], shapes: ['<hex 32>'] },
  ]),
];
