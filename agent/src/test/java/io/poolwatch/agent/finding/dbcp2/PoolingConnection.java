package io.poolwatch.agent.finding.dbcp2;

/** Named as the factory of DBCP that makes a pool of statements for each connection. */
public final class PoolingConnection {}
