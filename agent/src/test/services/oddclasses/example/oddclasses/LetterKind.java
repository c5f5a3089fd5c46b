package example.oddclasses;

import io.netty.util.Recycler;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/** Recycled by Netty's Recycler. */
final class LetterKind extends Kind {
  private final Function<Recycler.Handle<Letter>, Letter> make;
  private Letters letters;

  LetterKind(
      String name,
      Class<?> type,
      Function<Recycler.Handle<Letter>, Letter> make,
      ToIntFunction<Object> use) {
    super(name, type, use);
    this.make = make;
  }

  /** Apart, so that no class of the library is loaded before a pool is wanted. */
  private static final class Letters extends Recycler<Letter> {
    private final Function<Recycler.Handle<Letter>, Letter> make;

    Letters(Function<Recycler.Handle<Letter>, Letter> make) {
      this.make = make;
    }

    @Override
    protected Letter newObject(Handle<Letter> handle) {
      return make.apply(handle);
    }
  }

  @Override
  void open() {
    letters = new Letters(make);
  }

  @Override
  Object borrow() {
    return letters.get();
  }

  @Override
  void giveBack(Object object) {
    ((Letter) object).done();
  }

  @Override
  void close() {
    letters = null;
  }
}
