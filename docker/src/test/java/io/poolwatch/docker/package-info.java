/** Laws for the files of {@code docker/} that need no other program to check. */
@NullMarked
package io.poolwatch.docker;

import org.jspecify.annotations.NullMarked;
