/**
 * Content of idle objects: taken as they are given back, compared as they are lent again, so that a
 * write in between is noticed. Runs in the boot loader, never calls a method of the service's
 * objects, and keeps none of them alive.
 */
@NullMarked
package io.poolwatch.fingerprint;

import org.jspecify.annotations.NullMarked;
