package io.poolwatch.examples.fault;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** A mistake that people make with pools: what is done wrong, and what poolwatch shows of it. */
public enum Fault {
  /** Every tenth order's audit note forgets to close its database connection. */
  LEAK(
      "leak",
      "one order in ten keeps the database connection of its audit note for ever",
      "the connection pool's used count climbs to its limit and stays there, then threads wait"
          + " and borrows end exhausted"),
  /** One question in twenty is followed by another over the connection just given back. */
  USE_AFTER_RETURN(
      "use-after-return",
      "one upstream call in twenty asks once more over the connection it has given back",
      "violations of the upstream pool, kind use_after_return, while all counts stay clean; where two"
          + " callers happened to talk over one connection at once an answer went astray, and that"
          + " connection is removed as invalidated"),
  /** One connection in twenty is given back twice. */
  DOUBLE_RETURN(
      "double-return",
      "one upstream call in twenty gives its connection back twice",
      "violations of the upstream pool, kind double_return, and as many rejected returns: one for"
          + " each second return that the pool notices"),
  /** The customer becomes part of the key of upstream connections. */
  KEY_FRAGMENTATION(
      "key-fragmentation",
      "the key of upstream connections takes in the customer, who has no influence on them",
      "the upstream pool's hit rate collapses; connections are created all the time and removed"
          + " for capacity, while many sit idle under keys nobody asks for again"),
  /** Connection parameters become part of the key, and are pushed to the nodes all the time. */
  CONFIG_PUSH(
      "config-push",
      "new connection parameters reach the nodes at different times and are part of the key of"
          + " upstream connections, which leaves out the service level in turn",
      "the upstream pool's hit rate falls, for fragmentation: its keys multiply, and what lies idle"
          + " is under keys of earlier parameters; unlike callers share connections"),
  /** Each upstream call builds a pool of its own and closes it. */
  POOL_PER_REQUEST(
      "pool-per-request",
      "each upstream call makes a pool of its own and closes it afterwards",
      "the upstream pool's hit rate falls to 0 %: as many created as borrowed, all removed as"
          + " closed"),
  /** The check on each borrow becomes a deep one. */
  SLOW_VALIDATION(
      "slow-validation",
      "the check on each borrow asks the upstream service for a deep health check of 25 ms",
      "the upstream pool's hit rate stays, but borrows take 25 ms and for the same load about twice"
          + " as many connections are made and kept"),
  /** Each look at an order keeps the pooled page that it was read into, in a map. */
  CAPTURED(
      "captured",
      "each look at an order is remembered with the pooled page that it was read into, until the"
          + " map is full and emptied",
      "the page pool's hit rate falls to 0 %; its pages are promoted while in use and removed for"
          + " capacity in the old generation, and the young and full collections become more");

  private final String id;
  private final String mistake;
  private final String seen;

  Fault(String id, String mistake, String seen) {
    this.id = id;
    this.mistake = mistake;
    this.seen = seen;
  }

  /** Its name in options and addresses. */
  public String id() {
    return id;
  }

  /** What is done wrong, in words. */
  public String mistake() {
    return mistake;
  }

  /** What a person sees of it in poolwatch, in words. */
  public String seen() {
    return seen;
  }

  /** The fault of that name. */
  public static Optional<Fault> byId(String id) {
    return Arrays.stream(values()).filter(fault -> fault.id.equals(id)).findFirst();
  }

  /** All names, for messages. */
  public static String ids() {
    return Arrays.stream(values()).map(Fault::id).collect(Collectors.joining(", "));
  }
}
