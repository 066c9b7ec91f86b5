package io.settlegate.gateway.activity;

import io.settlegate.gateway.settlement.VoucherActivation;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Settlements by credential, per institution and region, and who has an e-voucher.
 *
 * <p>Made by one thread, then not changed.
 */
public final class ActivityReport {
    private final Span span;
    private final Targets targets;
    private final SortedMap<String, Institution> institutions = new TreeMap<>();
    private List<VoucherActivation.Region> regions = List.of();
    private Map<String, String> regionNames = Map.of();
    private long lastSequence = -1;
    private long lastTimeMs;

    /** An institution that settled something, with its counts by day or month. */
    record Institution(String code, String name, String admdvs, SortedMap<String, Counts> byBucket) {
        Counts sum() {
            final Counts sum = new Counts();
            byBucket.values().forEach(sum::add);
            return sum;
        }
    }

    ActivityReport(final Span span, final Targets targets) {
        this.span = span;
        this.targets = targets;
    }

    void put(final Institution institution) {
        institutions.put(institution.code(), institution);
    }

    void putRegions(final List<VoucherActivation.Region> insured, final Map<String, String> names) {
        regions = List.copyOf(insured);
        regionNames = Map.copyOf(names);
    }

    void putEnd(final long sequence, final long timeMs) {
        lastSequence = sequence;
        lastTimeMs = timeMs;
    }

    Span span() {
        return span;
    }

    Targets targets() {
        return targets;
    }

    SortedMap<String, Institution> institutions() {
        return institutions;
    }

    /** Where persons are insured. */
    List<VoucherActivation.Region> regions() {
        return regions;
    }

    String regionName(final String admdvs) {
        return regionNames.getOrDefault(admdvs, "");
    }

    long lastSequence() {
        return lastSequence;
    }

    long lastTimeMs() {
        return lastTimeMs;
    }

    /** By region of the institution, then by day or month. */
    SortedMap<String, SortedMap<String, Counts>> byRegion() {
        final SortedMap<String, SortedMap<String, Counts>> sums = new TreeMap<>();
        institutions.values().forEach(institution -> institution
                .byBucket()
                .forEach((bucket, counts) -> sums.computeIfAbsent(institution.admdvs(), admdvs -> new TreeMap<>())
                        .computeIfAbsent(bucket, any -> new Counts())
                        .add(counts)));
        return sums;
    }

    SortedMap<String, Counts> byBucket() {
        final SortedMap<String, Counts> sums = new TreeMap<>();
        institutions.values().forEach(institution -> institution
                .byBucket()
                .forEach((bucket, counts) ->
                        sums.computeIfAbsent(bucket, any -> new Counts()).add(counts)));
        return sums;
    }

    Counts sum() {
        final Counts sum = new Counts();
        institutions.values().forEach(institution -> sum.add(institution.sum()));
        return sum;
    }

    static Rate activationRate(final VoucherActivation.Region region) {
        return new Rate(region.activatedCount(), region.insuredCount());
    }

    Rate activationRate() {
        return new Rate(
                regions.stream()
                        .mapToLong(VoucherActivation.Region::activatedCount)
                        .sum(),
                regions.stream()
                        .mapToLong(VoucherActivation.Region::insuredCount)
                        .sum());
    }
}
