/** What the agent costs on the woven path: the same benchmarks in bare and in woven forks. */
@NullMarked
package io.poolwatch.benchmarks.weave;

import org.jspecify.annotations.NullMarked;
