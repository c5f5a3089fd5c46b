/**
 * What the code woven into Apache Commons Pool2 calls. Lives in the boot loader; depends on the
 * books and the JDK alone.
 *
 * <p>Each hook is a few lines: it turns what the library is about to do into an entry of the pool's
 * book, and never throws, locks or calls a method of the service's objects. Facts about one call
 * travel in local variables of the woven method, which hooks take and give as arguments and
 * results; facts about one object in its {@link io.poolwatch.book.Life}. Only {@link
 * UnpooledHooks}, woven where an experiment is asked for, also do a borrow or a return instead of
 * the pool.
 */
@NullMarked
package io.poolwatch.woven.commonspool2;

import org.jspecify.annotations.NullMarked;
