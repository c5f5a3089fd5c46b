/** A class with a name like one of DBCP's. */
package io.poolwatch.agent.finding.dbcp2;
