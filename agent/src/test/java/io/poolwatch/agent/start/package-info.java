/** Tests of start-up and of the names of pools. */
package io.poolwatch.agent.start;
