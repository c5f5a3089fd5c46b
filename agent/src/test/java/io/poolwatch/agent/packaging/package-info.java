/** Tests of the built jar, opened as a file and run in other JVMs. */
package io.poolwatch.agent.packaging;
