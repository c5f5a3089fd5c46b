/**
 * The report: one file of HTML, and the same figures as JSON, that says what is wrong with the
 * pools of a service, pool by pool what is known, and what could not be known.
 */
@NullMarked
package io.poolwatch.agent.page;

import org.jspecify.annotations.NullMarked;
