import { OpenAIProvider } from '@openai/agents-openai';
import { OpenAIAgentsPlugin } from '@temporalio/openai-agents';

/** The integration as its README sets it up, on any OpenAI-compatible server. */
export function pluginFor(modelUrl: string): OpenAIAgentsPlugin {
  const modelProvider = new OpenAIProvider({ baseURL: modelUrl, apiKey: 'none', useResponses: false });
  return new OpenAIAgentsPlugin({ modelProvider });
}
