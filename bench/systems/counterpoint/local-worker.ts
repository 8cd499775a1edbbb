import { agents, codeAgents, rules, tools } from './local-catalogue';
import { serve } from './serve';

void serve({ agents, codeAgents, rules, tools, models: {} });
