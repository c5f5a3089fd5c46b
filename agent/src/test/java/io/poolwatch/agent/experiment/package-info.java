/** Experiments on pools: their bounds, and services in JVMs of their own that have one. */
package io.poolwatch.agent.experiment;
