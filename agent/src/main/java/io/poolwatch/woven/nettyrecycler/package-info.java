/**
 * What the code woven into Netty's Recycler calls. Defined in the boot loader, so that the Recycler
 * finds it from every class loader; depends on the books and the JDK alone.
 */
@NullMarked
package io.poolwatch.woven.nettyrecycler;

import org.jspecify.annotations.NullMarked;
