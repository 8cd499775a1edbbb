import { agents, models, rules, tools } from './catalogue';
import { serve } from './serve';

void serve({ agents, models, rules, tools, codeAgents: {} });
