/**
 * What runs beside a woven copy of Commons Pool2, in one loader with it: laws that scripted calls
 * must obey to the unit, and workloads of many threads. Compiled against the newest release and run
 * on all, so it keeps to calls that all have.
 */
@org.jspecify.annotations.NullMarked
package io.poolwatch.agent.library.commonspool2.laws;
