/**
 * What the code woven into the bundled pool calls, and the book of such a pool. Defined in the boot
 * loader; depends on the books and the JDK alone, and names no class of the pool, of which every
 * application may have a copy of its own.
 */
@NullMarked
package io.poolwatch.woven.threadlocal;

import org.jspecify.annotations.NullMarked;
