/** Tests of the configuration. */
package io.poolwatch.agent.config;
