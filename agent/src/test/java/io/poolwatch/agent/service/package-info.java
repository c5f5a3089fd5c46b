/** Small services for other JVMs, which know nothing of poolwatch. */
package io.poolwatch.agent.service;
