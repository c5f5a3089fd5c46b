package io.poolwatch.agent.experiment;

import io.poolwatch.book.PoolFacts;
import io.poolwatch.book.Share;
import io.poolwatch.book.ShareBook;
import io.poolwatch.woven.nettyrecycler.GetHooks;
import io.poolwatch.woven.nettyrecycler.NettyRecyclers;
import io.poolwatch.woven.nettyrecycler.ReturnHooks;
import io.poolwatch.woven.nettyrecycler.UnpooledHooks;

/**
 * What is counted of a borrow from a Recycler and its return. It counts in what it has at hand, and
 * without it the present thread's counters have to be looked up. One thread.
 */
final class RecyclerPairs {
  private final ShareBook book = new ShareBook(NettyRecyclers.SYSTEM, new PoolFacts("poolwatch"));
  private final Share share = book.open(this, true);
  private final Object handle = new Object();

  /** A hit and its return by the owner. */
  void recycled() {
    UnpooledHooks.isDue(book);
    GetHooks.acquired(share, handle);
    ReturnHooks.releasing(share, handle);
    ReturnHooks.released(share, ReturnHooks.keptByOwner(share), handle);
  }

  /** The same in a turn without it. */
  void made() {
    UnpooledHooks.isDue(book);
    UnpooledHooks.made(book);
  }
}
