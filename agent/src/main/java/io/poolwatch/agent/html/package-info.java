/** Pages of HTML and charts of SVG that need no script and no network. Knows nothing of pools. */
@NullMarked
package io.poolwatch.agent.html;

import org.jspecify.annotations.NullMarked;
