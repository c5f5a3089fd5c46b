/** Tests of the agent's log. */
package io.poolwatch.agent.log;
