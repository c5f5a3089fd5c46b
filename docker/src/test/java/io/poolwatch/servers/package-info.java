/** The project's files and the packaged agent among real programs: see {@code docker/servers}. */
@NullMarked
package io.poolwatch.servers;

import org.jspecify.annotations.NullMarked;
