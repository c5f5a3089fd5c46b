/** Tests of the weaving of Commons Pool2, on the jars of real releases. */
@org.jspecify.annotations.NullMarked
package io.poolwatch.agent.library.commonspool2;
