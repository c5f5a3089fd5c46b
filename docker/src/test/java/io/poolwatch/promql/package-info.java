/** The metrics as PromQL names them: what dashboards and alert rules are written in. */
@NullMarked
package io.poolwatch.promql;

import org.jspecify.annotations.NullMarked;
