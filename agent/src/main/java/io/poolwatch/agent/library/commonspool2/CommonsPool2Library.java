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
  /** A pool's own map of its objects, which is looked into where they were there already. */
  private static final String ALL_OBJECTS = "allObjects";

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
  private final boolean experiments;

  /**
   * The library.
   *
   * @param quarantines whether some returned objects are kept out of circulation
   * @param experiments whether borrows can be served without the pool for a while
   */
  public CommonsPool2Library(boolean quarantines, boolean experiments) {
    this.quarantines = quarantines;
    this.experiments = experiments;
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
        return soft(family, pack, false);
      case Names.RECORD:
        ClassPlan plan = RecordPlan.of(family.shape());
        if (experiments) {
          UnpooledPlan.addToRecord(plan);
        }
        return plan;
      case Names.PROXY:
        return ProxyPlan.of(family.shape());
      case Names.FACTORY:
      case Names.FACTORY_KEYED:
        return FactoryBasePlan.of(family.shape());
      default:
        return ErodingPoolPlan.of(family.shape());
    }
  }

  @Override
  public boolean isWovenLate() {
    return true;
  }

  @Override
  public @Nullable ClassPlan latePlan(ClassFamily family) throws ShapeMismatch {
    String pack = packageOf(family.end());
    switch (family.end().substring(pack.length())) {
      case Names.BASE:
        return BasePoolPlan.late(family.shape());
      case Names.GENERIC:
        return lateGeneric(family, pack, false);
      case Names.KEYED:
        family.sibling(pack + Names.KEY).requireField(ALL_OBJECTS);
        return lateGeneric(family, pack, true);
      case Names.SOFT:
        family.shape().requireField("allReferences");
        return soft(family, pack, true);
      case Names.RECORD:
        family.shape().requireField(Names.STATE_FIELD); // which is read of what is there already
        return null;
      case Names.KEY: // what is kept of it lies in a table
      case Names.PROXY:
      case Names.FACTORY:
      case Names.FACTORY_KEYED:
        return null;
      default:
        return ErodingPoolPlan.of(family.shape());
    }
  }

  private static ClassPlan lateGeneric(ClassFamily family, String pack, boolean keyed)
      throws ShapeMismatch {
    ClassShape base = family.sibling(pack + Names.BASE);
    BasePoolPlan.late(base);
    family.sibling(pack + Names.RECORD).requireField(Names.STATE_FIELD);
    family.shape().requireField(keyed ? "poolMap" : ALL_OBJECTS);
    if (!keyed) {
      family.shape().requireField("maxIdle");
    }
    family.shape().requireField("factory");
    ClassPlan plan = new ClassPlan(family.shape());
    return new GenericPoolPlan(plan, base, new TableLookup(plan, "book"), keyed, false).make();
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
    Lookup lookup = new FieldLookup(base.name(), record.name(), key == null ? null : key.name());
    ClassPlan plan = new ClassPlan(pool);
    if (experiments && key == null) {
      unpooled(family, pack, plan, base, record);
    }
    return new GenericPoolPlan(plan, base, lookup, key != null, quarantines).make();
  }

  /** Of a shape that is not known pools have no experiment, and are watched all the same. */
  private static void unpooled(
      ClassFamily family, String pack, ClassPlan plan, ClassShape base, ClassShape record)
      throws ShapeMismatch {
    ClassShape factory = family.findSibling(pack + Names.FACTORY);
    if (factory != null && UnpooledPlan.isKnown(plan.shape(), base, factory, record)) {
      UnpooledPlan.add(plan, base, factory);
    }
  }

  private static ClassPlan soft(ClassFamily family, String pack, boolean late)
      throws ShapeMismatch {
    ClassShape record = family.sibling(pack + Names.RECORD);
    ClassShape softRecord = family.sibling(pack + Names.SOFT_RECORD);
    ClassShape parent = family.sibling(pack + Names.SOFT_BASE);
    RecordPlan.of(record);
    parent.method("isClosed", "()Z");
    ClassPlan plan = new ClassPlan(family.shape());
    Lookup lookup =
        late
            ? new TableLookup(plan, "softBook")
            : new FieldLookup(family.shape().name(), record.name(), null);
    return new SoftPoolPlan(plan, lookup, parent.name(), softRecord).make();
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
