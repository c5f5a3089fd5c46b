/**
 * Broken contracts between pools and their users: what was seen of an object's last loan, and the
 * reports made of it, on their way from the service's threads to the agent's. The counts are in the
 * books; here is what a person needs to find the bug.
 */
@NullMarked
package io.poolwatch.violation;

import org.jspecify.annotations.NullMarked;
