package org.dray.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.dray.Access;
import org.dray.BackendReport;
import org.dray.CopyException;
import org.dray.CopyStatus;
import org.dray.Finding;
import org.dray.MemoryRegion;
import org.dray.RegionToken;
import org.dray.Selection;
import org.dray.Tokens;
import org.jspecify.annotations.Nullable;

/** Tries the engines that both sides have, cheapest first, and remembers why each one won or lost. */
final class Attaching {
    private final List<Selection.Candidate> candidates = new ArrayList<>();
    private final List<CopyException> failures = new ArrayList<>();
    private @Nullable MemoryRegion region;

    private Attaching() {}

    static Attaching attempt(DrayCore dray, Tokens tokens, @Nullable Access needed) {
        Attaching attaching = new Attaching();
        List<Ranking.Entry> ranked = new ArrayList<>();
        for (RegionToken token : tokens.list()) {
            if (needed != null && !token.access().covers(needed)) {
                throw new IllegalArgumentException(
                        "the tokens grant " + token.access() + ", which does not cover " + needed);
            }
            Optional<EngineCore> engine = dray.findEngine(token.backendId());
            if (engine.isPresent()) {
                ranked.add(new Ranking.Entry(
                        engine.get().info(),
                        dray.state(token.backendId()),
                        engine.get().index()));
            }
        }
        long lengthBytes = tokens.list().get(0).lengthBytes();
        ranked.sort(Ranking.order(dray.options(), lengthBytes));
        for (Ranking.Entry entry : ranked) {
            attaching.tryOne(dray.engineCores().get(entry.index()), tokens, needed, entry, lengthBytes);
        }
        attaching.mention(dray, tokens);
        return attaching;
    }

    private void tryOne(
            EngineCore engine, Tokens tokens, @Nullable Access needed, Ranking.Entry entry, long lengthBytes) {
        String reason = Ranking.reason(entry.info(), entry.state(), lengthBytes);
        if (region != null) {
            candidates.add(new Selection.Candidate(
                    engine.id(), false, reason + ": not tried, because a better one works", List.of()));
            return;
        }
        RegionToken token = tokens.find(engine.id()).orElseThrow();
        try {
            region = engine.attach(token, needed);
            candidates.add(new Selection.Candidate(
                    engine.id(), true, reason + ": the best whose trial copies arrived", List.of()));
        } catch (CopyException e) {
            failures.add(e);
            candidates.add(new Selection.Candidate(engine.id(), false, reason + ": " + firstLine(e), e.findings()));
        } catch (UnsupportedOperationException e) {
            candidates.add(new Selection.Candidate(engine.id(), false, reason + ": " + firstLine(e), List.of()));
        }
    }

    private void mention(DrayCore dray, Tokens tokens) {
        for (RegionToken token : tokens.list()) {
            if (dray.findEngine(token.backendId()).isEmpty()) {
                BackendReport report = dray.report(token.backendId());
                candidates.add(new Selection.Candidate(
                        token.backendId(),
                        false,
                        report == null ? "not on the path of this process" : report.state() + " in this process",
                        report == null ? List.of() : report.findings()));
            }
        }
    }

    private static String firstLine(RuntimeException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }

    Selection selection() {
        return new Selection(candidates);
    }

    Optional<MemoryRegion> region() {
        return Optional.ofNullable(region);
    }

    /** Why nothing could be attached: the status of the best engine, the findings of all. */
    CopyException failure(DrayCore dray) {
        List<Finding> findings =
                candidates.stream().flatMap(c -> c.findings().stream()).toList();
        String reasons = candidates.stream()
                .map(c -> "\n  " + c.backendId() + ": " + c.reason())
                .reduce("", String::concat);
        TreeSet<String> engines = new TreeSet<>();
        dray.engineCores().forEach(e -> engines.add(e.id()));
        CopyStatus status =
                failures.isEmpty() ? CopyStatus.TOKEN_FOREIGN : failures.get(0).status();
        String what = failures.isEmpty()
                ? "the tokens' backends differ from the engines of this process, which are " + engines
                : "no engine reaches the owner";
        CopyException failure =
                new CopyException(status, "dray", Optional.empty(), 0, -1, what + ":" + reasons, findings);
        failures.forEach(failure::addSuppressed);
        return failure;
    }
}
