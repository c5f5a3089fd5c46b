@org.jspecify.annotations.NullMarked
package io.poolwatch.agent.worth;
