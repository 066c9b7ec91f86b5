package io.settlegate.gateway.metrics;

/** Every metric there is. The table in docs/METRICS.md is made from this, and a test compares it with a scrape. */
public enum Metric {
    BUILD(
            "settlegate_build",
            Type.INFO,
            "1",
            "version, durability, wait_strategy, threads, verifiers, event_loops, signatures",
            "what this process was built from and started with"),
    READY("settlegate_ready", Type.GAUGE, "0 or 1", "", "1 while /ready answers 200"),
    ANSWERS(
            "settlegate_answers",
            Type.COUNTER,
            "answers",
            "code, name",
            "answers by result code; BUSY answers are those of 201 to 204"),
    REPEATS("settlegate_repeats", Type.COUNTER, "answers", "", "repeats that were answered with a first outcome"),
    RING_SLOTS("settlegate_ring_slots", Type.GAUGE, "slots", "", "size of the ring"),
    RING_USED_SLOTS("settlegate_ring_used_slots", Type.GAUGE, "slots", "", "slots that hold a request"),
    REQUESTS_IN_FLIGHT(
            "settlegate_requests_in_flight",
            Type.GAUGE,
            "requests",
            "",
            "requests that were taken and whose reply has not reached its connection"),
    REQUEST_TIME(
            "settlegate_request_seconds",
            Type.HISTOGRAM,
            "seconds",
            "",
            "from the claim of a slot until the reply was handed over"),
    STAGE_TIME(
            "settlegate_stage_batch_seconds",
            Type.HISTOGRAM,
            "seconds",
            "stage",
            "how long a stage had a batch; journal includes sealing, and forcing where stages share a thread"),
    SEAL_RECORDS("settlegate_seal_records", Type.HISTOGRAM, "records", "", "records under one seal"),
    FORCE_TIME("settlegate_journal_force_seconds", Type.HISTOGRAM, "seconds", "", "how long the disk took to force"),
    KEY_TABLES("settlegate_key_tables", Type.GAUGE, "tables", "", "tables of terminals' keys at hand"),
    KEY_TABLES_LIMIT(
            "settlegate_key_tables_limit", Type.GAUGE, "tables", "", "tables that there is room for; 0 without tables"),
    KEY_TABLE_EVICTIONS(
            "settlegate_key_table_evictions",
            Type.COUNTER,
            "tables",
            "",
            "tables that gave way to others: rising fast, there is too little room for the terminals that work"),
    SIGNATURES_OVERRULED(
            "settlegate_signatures_overruled",
            Type.COUNTER,
            "signatures",
            "",
            "good signatures that vector code held for bad, before scalar code found them good: anything above 0 is"
                    + " a fault of JVM or machine; serve with --signature=scalar"),
    JOURNAL_SEQUENCE(
            "settlegate_journal_sequence",
            Type.GAUGE,
            "records",
            "",
            "the newest record that terminals may be told of"),
    UNSEALED_RECORDS(
            "settlegate_journal_undurable_records",
            Type.GAUGE,
            "records",
            "",
            "records appended and not yet durable at the configured level"),
    UNFORCED_RECORDS(
            "settlegate_journal_unforced_records",
            Type.GAUGE,
            "records",
            "",
            "records that terminals were told of and a power cut may take: above 0 only at process and none"),
    SEAL_AGE(
            "settlegate_journal_seal_age_seconds",
            Type.GAUGE,
            "seconds",
            "",
            "since the newest seal's time; grows while nothing is asked"),
    DISK_FREE("settlegate_disk_free_bytes", Type.GAUGE, "bytes", "", "what the journal's disk has left"),
    DISK_WRITE_FLOOR(
            "settlegate_disk_write_floor_bytes", Type.GAUGE, "bytes", "", "below it only reads and sign-ins are taken"),
    DISK_READ_FLOOR("settlegate_disk_read_floor_bytes", Type.GAUGE, "bytes", "", "below it nothing is taken"),
    INDEX_SEQUENCE(
            "settlegate_index_sequence",
            Type.GAUGE,
            "records",
            "",
            "records up to this one are found by 5203; behind settlegate_journal_sequence by moments, or by a start's catching up"),
    INDEX_FAILED(
            "settlegate_index_failed",
            Type.GAUGE,
            "",
            "",
            "1 if the index of records does not follow any more: 5203 is refused with 902 until the next start; the log says why"),
    INDEX_RUNS("settlegate_index_runs", Type.GAUGE, "files", "", "files of the index of records"),
    INDEX_LENGTH("settlegate_index_bytes", Type.GAUGE, "bytes", "", "what the index of records takes of the disk"),
    PAGES("settlegate_pages", Type.COUNTER, "pages", "", "pages of records that the desk has sent"),
    PAGES_WAITING("settlegate_pages_waiting", Type.GAUGE, "pages", "", "queries that wait for their page at the desk"),
    SNAPSHOTS_MADE(
            "settlegate_snapshots_made",
            Type.COUNTER,
            "snapshots",
            "",
            "runs of the scheduled snapshot that ended well"),
    SNAPSHOTS_FAILED(
            "settlegate_snapshots_failed",
            Type.COUNTER,
            "snapshots",
            "",
            "runs that made none: the log says why; the gateway goes on"),
    SNAPSHOT_TIME(
            "settlegate_snapshot_run_seconds",
            Type.GAUGE,
            "seconds",
            "",
            "how long the last run took; 0 before the first"),
    SNAPSHOT_AGE(
            "settlegate_snapshot_age_seconds",
            Type.GAUGE,
            "seconds",
            "",
            "how old the state in the newest snapshot is, whoever made it; without one, since the founding"),
    SNAPSHOT_SEQUENCE(
            "settlegate_snapshot_sequence",
            Type.GAUGE,
            "records",
            "",
            "the last record in the newest snapshot: a start reads from there; 0 without one"),
    CONNECTIONS("settlegate_connections", Type.GAUGE, "connections", "", "terminals' connections that are open"),
    CONNECTIONS_OPENED(
            "settlegate_connections_opened", Type.COUNTER, "connections", "", "terminals' connections that were taken"),
    CONNECTIONS_CLOSED(
            "settlegate_connections_closed",
            Type.COUNTER,
            "connections",
            "cause",
            "connections that the gateway closed, by cause; peers that left by themselves are not among them"),
    SESSIONS("settlegate_sessions", Type.GAUGE, "sessions", "", "terminals that are signed in"),
    TERMINALS("settlegate_terminals", Type.GAUGE, "terminals", "", "terminals that are registered"),
    NETWORK_MEMORY(
            "settlegate_network_memory_bytes",
            Type.GAUGE,
            "bytes",
            "",
            "memory of the network's buffers, outside the heap"),
    JVM_MEMORY_USED(
            "jvm_memory_used_bytes", Type.GAUGE, "bytes", "area", "memory in use: heap, nonheap, direct, mapped"),
    JVM_MEMORY_MAX("jvm_memory_max_bytes", Type.GAUGE, "bytes", "area", "the limit of an area that has one"),
    JVM_GC_TIME("jvm_gc_collection_seconds", Type.COUNTER, "seconds", "gc", "time in collections"),
    JVM_GC_COUNT("jvm_gc_collections", Type.COUNTER, "collections", "gc", "collections"),
    JVM_THREADS("jvm_threads_current", Type.GAUGE, "threads", "", "threads that live"),
    PROCESS_CPU("process_cpu_seconds", Type.COUNTER, "seconds", "", "CPU time of the process"),
    PROCESS_START("process_start_time_seconds", Type.GAUGE, "seconds", "", "when the process began, since 1970");

    /** How Prometheus reads it. */
    public enum Type {
        COUNTER("counter", "_total"),
        GAUGE("gauge", ""),
        HISTOGRAM("histogram", ""),
        INFO("info", "_info");

        private final String word;
        private final String suffix;

        Type(final String word, final String suffix) {
            this.word = word;
            this.suffix = suffix;
        }

        public String word() {
            return word;
        }
    }

    private final String baseName;
    private final Type type;
    private final String unit;
    private final String labels;
    private final String help;

    Metric(final String baseName, final Type type, final String unit, final String labels, final String help) {
        this.baseName = baseName;
        this.type = type;
        this.unit = unit;
        this.labels = labels;
        this.help = help;
    }

    /** The name without the suffix that its type adds. */
    public String baseName() {
        return baseName;
    }

    /** The name as it is scraped; a histogram's series add _bucket, _sum, and _count to it. */
    public String fullName() {
        return baseName + type.suffix;
    }

    public Type type() {
        return type;
    }

    public String unit() {
        return unit;
    }

    /** Names of its labels, with commas between. */
    public String labels() {
        return labels;
    }

    public String help() {
        return help;
    }
}
