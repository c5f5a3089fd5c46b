package io.poolwatch.examples.fault;

import io.poolwatch.examples.storefront.upstream.PooledUpstreams;
import io.poolwatch.examples.storefront.upstream.UpstreamConnection;
import io.poolwatch.examples.storefront.upstream.UpstreamConnectionFactory;
import io.poolwatch.examples.storefront.upstream.UpstreamKey;
import io.poolwatch.examples.storefront.upstream.Upstreams;
import java.io.IOException;
import org.apache.commons.pool2.KeyedObjectPool;
import org.apache.commons.pool2.impl.GenericKeyedObjectPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Upstream calls that go wrong in the ways switched on; with none on, the correct calls. */
final class MisusedUpstreams implements Upstreams {
  private static final Logger log = LoggerFactory.getLogger(MisusedUpstreams.class);
  private static final int ONE_IN = 20;

  private final long start = System.nanoTime();
  private final KeyedObjectPool<UpstreamKey, UpstreamConnection> pool;
  private final Upstreams correct;
  private final FaultSwitches switches;
  private final FaultSwitches.EveryNth useAfterReturn;
  private final FaultSwitches.EveryNth doubleReturn;

  MisusedUpstreams(KeyedObjectPool<UpstreamKey, UpstreamConnection> pool, FaultSwitches switches) {
    this.pool = pool;
    this.correct = new PooledUpstreams(pool);
    this.switches = switches;
    this.useAfterReturn = new FaultSwitches.EveryNth(switches, Fault.USE_AFTER_RETURN, ONE_IN);
    this.doubleReturn = new FaultSwitches.EveryNth(switches, Fault.DOUBLE_RETURN, ONE_IN);
  }

  @Override
  public String ask(UpstreamKey key, String caller, String question) throws IOException {
    if (switches.isOn(Fault.POOL_PER_REQUEST)) {
      return askOverPoolOfItsOwn(key, caller, question);
    }
    UpstreamKey usedKey = usedKey(key, caller);
    if (useAfterReturn.now()) {
      return askAndAskAgain(usedKey, question);
    }
    if (doubleReturn.now()) {
      return askAndReturnTwice(usedKey, question);
    }
    return correct.ask(usedKey, caller, question);
  }

  private UpstreamKey usedKey(UpstreamKey key, String caller) {
    if (switches.isOn(Fault.KEY_FRAGMENTATION)) {
      return badKey(key, caller);
    }
    return switches.isOn(Fault.CONFIG_PUSH) ? keyOfNode(key, caller) : key;
  }

  /** The parameters are those that the caller's node has; the service level is left out. */
  private UpstreamKey keyOfNode(UpstreamKey key, String caller) {
    long millis = (System.nanoTime() - start) / 1_000_000;
    long push = ConfigPush.pushAt(ConfigPush.nodeOf(caller), millis);
    return new UpstreamKey(key.endpoint(), "standard;parameters=" + push);
  }

  private static UpstreamKey badKey(UpstreamKey key, String caller) {
    return new UpstreamKey(key.endpoint(), key.serviceLevel() + ";customer=" + caller);
  }

  private static String askOverPoolOfItsOwn(UpstreamKey key, String caller, String question)
      throws IOException {
    try (GenericKeyedObjectPool<UpstreamKey, UpstreamConnection> ownPool =
        PooledUpstreams.newPool(new UpstreamConnectionFactory())) {
      return new PooledUpstreams(ownPool).ask(key, caller, question);
    }
  }

  /** Two threads may now talk over one socket: the next borrower and this one. */
  private String askAndAskAgain(UpstreamKey key, String question) throws IOException {
    UpstreamConnection connection = borrow(key);
    String answer;
    try {
      answer = connection.ask(question);
    } finally {
      giveBack(key, connection);
    }
    connection.ask(question);
    return answer;
  }

  private String askAndReturnTwice(UpstreamKey key, String question) throws IOException {
    UpstreamConnection connection = borrow(key);
    try {
      return connection.ask(question);
    } finally {
      giveBack(key, connection);
      try {
        giveBack(key, connection);
      } catch (IllegalStateException e) {
        // As in the wild: somebody saw the exception once and caught it.
        log.debug("Second return was refused: {}", e.getMessage());
      }
    }
  }

  private UpstreamConnection borrow(UpstreamKey key) throws IOException {
    try {
      return pool.borrowObject(key);
    } catch (Exception e) {
      throw new IOException("No connection to " + key + ": " + e.getMessage(), e);
    }
  }

  private void giveBack(UpstreamKey key, UpstreamConnection connection) throws IOException {
    try {
      pool.returnObject(key, connection);
    } catch (IllegalStateException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException("Could not give back the connection to " + key, e);
    }
  }
}
