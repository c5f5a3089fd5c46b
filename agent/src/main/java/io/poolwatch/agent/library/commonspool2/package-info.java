/**
 * Apache Commons Pool2, 2.0 to 2.13.1, and copies of it under other names, {@code pool3} included:
 * which classes are woven, by what they are recognised, and where the hooks of {@code
 * io.poolwatch.woven.commonspool2} go.
 *
 * <p>Versions are never asked for. A method is found by what it calls: the {@code borrowObject}
 * that calls {@code create} is the one with the loop, whatever its parameters. Every caller of
 * {@code create}, {@code destroy} and the factory must be a known one, else the copy is refused:
 * its counts could not be exact.
 */
@NullMarked
package io.poolwatch.agent.library.commonspool2;

import org.jspecify.annotations.NullMarked;
