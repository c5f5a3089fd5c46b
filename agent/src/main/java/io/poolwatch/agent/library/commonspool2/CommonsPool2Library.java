package io.poolwatch.agent.library.commonspool2;

import io.poolwatch.agent.weave.ClassFamily;
import io.poolwatch.agent.weave.ClassPlan;
import io.poolwatch.agent.weave.ClassShape;
import io.poolwatch.agent.weave.PoolLibrary;
import io.poolwatch.agent.weave.ShapeMismatch;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Weaves Apache Commons Pool2. */
public final class CommonsPool2Library implements PoolLibrary {
  private static final List<String> PACKAGES = List.of("/pool2", "/pool3");

  private static final List<String> CLASSES =
      List.of(
          Names.BASE,
          Names.GENERIC,
          Names.KEYED,
          Names.KEY,
          Names.SOFT,
          Names.RECORD,
          Names.ERODING,
          Names.ERODING_KEYED,
          Names.PROXY,
          Names.FACTORY,
          Names.FACTORY_KEYED);

  private final boolean quarantines;

  /**
   * The library.
   *
   * @param quarantines whether some returned objects are kept out of circulation
   */
  public CommonsPool2Library(boolean quarantines) {
    this.quarantines = quarantines;
  }

  @Override
  public String id() {
    return "commons_pool2";
  }

  @Override
  public List<String> classNameEnds() {
    List<String> ends = new ArrayList<>();
    for (String pack : PACKAGES) {
      for (String name : CLASSES) {
        ends.add(pack + name);
      }
    }
    return ends;
  }

  @Override
  public @Nullable ClassPlan plan(ClassFamily family) throws ShapeMismatch {
    String pack = packageOf(family.end());
    switch (family.end().substring(pack.length())) {
      case Names.BASE:
        generic(family, pack, Names.GENERIC);
        generic(family, pack, Names.KEYED);
        return BasePoolPlan.of(family.shape());
      case Names.GENERIC:
        generic(family, pack, Names.KEYED); // if one is refused, their common base has no book
        return generic(family, pack, Names.GENERIC);
      case Names.KEYED:
        generic(family, pack, Names.GENERIC);
        return generic(family, pack, Names.KEYED);
      case Names.KEY:
        generic(family, pack, Names.KEYED);
        return KeyPlan.of(family.shape());
      case Names.SOFT:
        return soft(family, pack);
      case Names.RECORD:
        return RecordPlan.of(family.shape());
      case Names.PROXY:
        return ProxyPlan.of(family.shape());
      case Names.FACTORY:
      case Names.FACTORY_KEYED:
        return FactoryBasePlan.of(family.shape());
      default:
        return ErodingPoolPlan.of(family.shape());
    }
  }

  /** The plan of a generic pool, or null if this copy of the library was cut and lacks it. */
  private @Nullable ClassPlan generic(ClassFamily family, String pack, String name)
      throws ShapeMismatch {
    ClassShape pool = family.findSibling(pack + name);
    if (pool == null) {
      return null;
    }
    ClassShape base = family.sibling(pack + Names.BASE);
    ClassShape record = family.sibling(pack + Names.RECORD);
    BasePoolPlan.of(base);
    RecordPlan.of(record);
    ClassShape key = name.equals(Names.KEYED) ? family.sibling(pack + Names.KEY) : null;
    if (key != null) {
      KeyPlan.of(key);
    }
    return new GenericPoolPlan(
            pool, base, record.name(), key == null ? null : key.name(), quarantines)
        .make();
  }

  private static ClassPlan soft(ClassFamily family, String pack) throws ShapeMismatch {
    ClassShape record = family.sibling(pack + Names.RECORD);
    ClassShape softRecord = family.sibling(pack + Names.SOFT_RECORD);
    ClassShape parent = family.sibling(pack + Names.SOFT_BASE);
    RecordPlan.of(record);
    parent.method("isClosed", "()Z");
    return new SoftPoolPlan(family.shape(), parent.name(), record.name(), softRecord).make();
  }

  private static String packageOf(String end) throws ShapeMismatch {
    for (String pack : PACKAGES) {
      if (end.startsWith(pack)) {
        return pack;
      }
    }
    throw new ShapeMismatch(end, "not a class of this library");
  }
}
