/**
 * How Netty's Recycler is woven, 4.0.56 to 4.2.20, repackaged copies included: which classes, how
 * the three generations of its internals are told apart, and one plan for each.
 */
@NullMarked
package io.poolwatch.agent.library.nettyrecycler;

import org.jspecify.annotations.NullMarked;
