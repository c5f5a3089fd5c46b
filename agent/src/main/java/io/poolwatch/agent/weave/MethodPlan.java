package io.poolwatch.agent.weave;

import java.util.ArrayList;
import java.util.List;
import net.bytebuddy.jar.asm.Type;
import org.jspecify.annotations.Nullable;

/**
 * What to weave into one method. Hooks at one place run in the order in which they were added.
 * Slots begin as 0 or null.
 */
public final class MethodPlan {
  private final ClassShape.MethodShape method;
  private final List<Slot> slots = new ArrayList<>();
  private final List<Hook> entry = new ArrayList<>();
  private final List<Hook> returns = new ArrayList<>();
  private final List<Hook> throwing = new ArrayList<>();
  private final List<SiteHook> sites = new ArrayList<>();
  private @Nullable Detour detour;

  MethodPlan(ClassShape.MethodShape method) {
    this.method = method;
  }

  /** A new {@code int} slot. */
  public Slot intSlot() {
    return slot(Type.INT_TYPE);
  }

  /** A new {@code long} slot. */
  public Slot longSlot() {
    return slot(Type.LONG_TYPE);
  }

  /**
   * A new slot for a reference.
   *
   * @param typeName binary name of a class that the boot loader defines
   */
  public Slot slot(String typeName) {
    return slot(Type.getObjectType(typeName.replace('.', '/')));
  }

  private Slot slot(Type type) {
    Slot slot = new Slot(type, slots.size());
    slots.add(slot);
    return slot;
  }

  /** Runs a hook before the method's first instruction; not for constructors. */
  public MethodPlan atEntry(Hook hook) {
    entry.add(hook);
    return this;
  }

  /**
   * Has another method do the work whenever a hook says so at the entry; not for constructors or
   * static methods. What the other one throws goes by the hooks of {@link #atThrow}; all further
   * ones are passed over.
   *
   * @param when gives an {@code int}, not 0 to take the detour
   * @param method name of a private method of the same class, with the same descriptor
   */
  public MethodPlan insteadWhen(Hook when, String method) {
    detour = new Detour(when, method, false);
    return this;
  }

  /**
   * The same, and the other method has one more parameter, the last: what the hook gave.
   *
   * @param method name of a private method of the same class, with the same descriptor but for that
   *     parameter
   */
  public MethodPlan insteadWith(Hook when, String method) {
    detour = new Detour(when, method, true);
    return this;
  }

  /** Runs a hook before each return. In a constructor the object is complete then. */
  public MethodPlan atReturn(Hook hook) {
    returns.add(hook);
    return this;
  }

  /**
   * Runs a hook when the method throws, before the exception goes on; not for constructors. The
   * exception is the result there.
   */
  public MethodPlan atThrow(Hook hook) {
    throwing.add(hook);
    return this;
  }

  /** Runs a hook before each instruction of the site; it may ask for the call's arguments. */
  public MethodPlan before(Site site, Hook hook) {
    sites.add(new SiteHook(site, hook, false));
    return this;
  }

  /** Runs a hook after each instruction of the site; it may ask for arguments and result. */
  public MethodPlan after(Site site, Hook hook) {
    sites.add(new SiteHook(site, hook, true));
    return this;
  }

  ClassShape.MethodShape method() {
    return method;
  }

  List<Slot> slots() {
    return slots;
  }

  List<Hook> entry() {
    return entry;
  }

  /** Another way through the method, or null. */
  @Nullable Detour detour() {
    return detour;
  }

  List<Hook> returns() {
    return returns;
  }

  List<Hook> throwing() {
    return throwing;
  }

  /** Hooks of the sites that match an instruction. */
  List<Hook> at(int opcode, String owner, String name, String descriptor, boolean after) {
    List<Hook> found = new ArrayList<>();
    for (SiteHook site : sites) {
      if (site.after == after && site.site.matches(opcode, owner, name, descriptor)) {
        found.add(site.hook);
      }
    }
    return found;
  }

  /** Another way through a method. */
  static final class Detour {
    final Hook when;
    final String method;

    /** Whether the method is told what the hook gave. */
    final boolean told;

    Detour(Hook when, String method, boolean told) {
      this.when = when;
      this.method = method;
      this.told = told;
    }
  }

  private static final class SiteHook {
    final Site site;
    final Hook hook;
    final boolean after;

    SiteHook(Site site, Hook hook, boolean after) {
      this.site = site;
      this.hook = hook;
      this.after = after;
    }
  }
}
