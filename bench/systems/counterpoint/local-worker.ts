import { agents, codeAgents, tools } from './local-catalogue';
import { serve } from './serve';

void serve({ agents, codeAgents, tools, rules: {}, models: {} });
