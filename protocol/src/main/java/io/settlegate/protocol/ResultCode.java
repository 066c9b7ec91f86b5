package io.settlegate.protocol;

/**
 * Every answer that a gateway gives, in the order of precedence: of two faults in one request the one that stands first here
 * is reported. The hundreds are bands and name the stage that gives the code. The gateway's own troubles, BUSY (2xx) and 9xx,
 * stand outside that order: they may come at any point.
 *
 * <p>The table in {@code docs/PROTOCOL.md} is made from this enum.
 */
public enum ResultCode {
    /** The request did what it asked. */
    OK(0, Stage.ENGINE, Binding.BINDS, Next.DONE, "成功", "done"),

    // 1xx: admit, before the ring. The frame was not looked into beyond its header.
    MALFORMED(101, Stage.ADMIT, Binding.FREE, Next.MEND, "报文格式错误", "the frame is no message of this protocol"),
    UNSUPPORTED_VERSION(102, Stage.ADMIT, Binding.FREE, Next.MEND, "接口版本不支持", "this schema version is not spoken here"),
    UNSUPPORTED_TRANSACTION(
            103, Stage.ADMIT, Binding.FREE, Next.MEND, "交易编号不支持", "this transaction is not spoken here"),
    WRONG_DOMAIN(
            104, Stage.ADMIT, Binding.FREE, Next.MEND, "签名用途错误", "the domain tag is not that of a terminal request"),
    WRONG_AUDIENCE(105, Stage.ADMIT, Binding.FREE, Next.MEND, "网关标识不符", "the request names another gateway"),
    NOT_SIGNED_IN(106, Stage.ADMIT, Binding.FREE, Next.SIGN_IN, "未签到", "sign in (9001) first"),
    FOREIGN_TERMINAL(
            107, Stage.ADMIT, Binding.FREE, Next.MEND, "终端与会话不符", "the terminal is not the one that signed in here"),
    WRONG_NONCE(
            108,
            Stage.ADMIT,
            Binding.FREE,
            Next.SIGN_IN,
            "签到随机数无效",
            "the nonce is not that of this connection's challenge"),
    SESSION_FENCED(109, Stage.ADMIT, Binding.FREE, Next.SIGN_IN, "会话已被替代", "the terminal has signed in elsewhere"),

    // 2xx: busy, given by admit. Try again later with the same msgid.
    RING_FULL(201, Stage.ADMIT, Binding.FREE, Next.RETRY, "系统繁忙", "no room in the ring"),
    WINDOW_FULL(202, Stage.ADMIT, Binding.FREE, Next.RETRY, "在途请求过多", "more requests in flight than the window allows"),
    JOURNAL_FULL(203, Stage.ADMIT, Binding.FREE, Next.RETRY, "存储空间不足", "the journal's disk is below its floor"),
    STOPPING(204, Stage.ADMIT, Binding.FREE, Next.RETRY, "系统停止中", "the gateway is stopping"),
    PAGE_LATER(
            205,
            Stage.DESK,
            Binding.FREE,
            Next.RETRY,
            "查询繁忙",
            "the query is recorded, and its page cannot be made yet: the index is behind, a statement is being compared, "
                    + "or too many pages are asked for"),

    // 3xx: verify, and settle before it asks the engine.
    UNKNOWN_TERMINAL(
            301, Stage.VERIFY, Binding.FREE, Next.MEND, "终端未登记", "no terminal of this serial number is registered"),
    TERMINAL_DISABLED(302, Stage.VERIFY, Binding.FREE, Next.CALL, "终端已停用", "the terminal is suspended or revoked"),
    BAD_SIGNATURE(
            303, Stage.VERIFY, Binding.FREE, Next.MEND, "验签失败", "the signature is not the terminal's over these bytes"),
    KEY_CHANGED(
            304,
            Stage.VERIFY,
            Binding.FREE,
            Next.SIGN_IN,
            "终端密钥已变更",
            "the terminal's key changed while the request was under way"),
    CLOCK_HELD(
            305,
            Stage.VERIFY,
            Binding.FREE,
            Next.CALL,
            "系统时间异常",
            "the gateway's clock jumped; an operator must accept it"),

    // 4xx: the engine, on the form of the request.
    MSGID_MALFORMED(
            402,
            Stage.ENGINE,
            Binding.FREE,
            Next.MEND,
            "报文ID格式错误",
            "msgid is institution(12) yyyyMMddHHmmss(14) seq(4)"),
    MSGID_FOREIGN(403, Stage.ENGINE, Binding.FREE, Next.MEND, "报文ID不属本机构", "the msgid is of another institution"),
    MSGID_STALE(404, Stage.ENGINE, Binding.FREE, Next.CALL, "报文ID已过期", "the msgid is older than the horizon"),
    MSGID_AHEAD(405, Stage.ENGINE, Binding.FREE, Next.MEND, "报文ID时间超前", "the msgid is ahead of the gateway's clock"),
    READ_STALE(406, Stage.ENGINE, Binding.FREE, Next.MEND, "查询请求已过期", "the read was sent too long ago"),
    REPEAT_DIFFERS(
            407, Stage.ENGINE, Binding.FREE, Next.MEND, "报文ID重复且内容不同", "the msgid was used before for another content"),
    REVERSED_BEFORE_ARRIVAL(
            408, Stage.ENGINE, Binding.BINDS, Next.NEW_MSGID, "交易已被冲正", "a reversal of this msgid came first"),
    FIELD_MALFORMED(409, Stage.ENGINE, Binding.BINDS, Next.NEW_MSGID, "字段格式错误", "a field breaks the rule of its type"),
    NO_LINES(410, Stage.ENGINE, Binding.BINDS, Next.NEW_MSGID, "无费用明细", "a settlement needs at least one line"),
    TOO_MANY_LINES(411, Stage.ENGINE, Binding.BINDS, Next.NEW_MSGID, "费用明细过多", "more lines than the limit"),
    LINE_REPEATED(412, Stage.ENGINE, Binding.BINDS, Next.NEW_MSGID, "明细流水号重复", "two lines have one feedetl_sn"),
    SIGN_NO_WRONG(
            413,
            Stage.ENGINE,
            Binding.BINDS,
            Next.NEW_MSGID,
            "签到流水号无效",
            "the sign_no is not that of the terminal's newest sign-in"),

    // 5xx: the engine, on who and where.
    INSTITUTION_DISABLED(501, Stage.ENGINE, Binding.BINDS, Next.CALL, "机构已停用", "the institution is suspended"),
    OTHER_SHARD(
            502,
            Stage.ENGINE,
            Binding.BINDS,
            Next.CALL,
            "参保地不在本网关",
            "the place of insurance is not served by this gateway"),
    UNKNOWN_PERSON(503, Stage.ENGINE, Binding.BINDS, Next.NEW_MSGID, "未查询到参保信息", "no such person"),
    VOUCHER_EXPIRED(504, Stage.ENGINE, Binding.BINDS, Next.NEW_MSGID, "电子凭证已过期", "the e-voucher token has expired"),
    CERTIFICATE_MISMATCH(
            505, Stage.ENGINE, Binding.BINDS, Next.NEW_MSGID, "就诊凭证与人员不符", "the certificate is not that person's"),
    PERSON_FROZEN(506, Stage.ENGINE, Binding.BINDS, Next.CALL, "人员待遇已冻结", "an operator has frozen the person"),
    NOT_INSURED(507, Stage.ENGINE, Binding.BINDS, Next.NEW_MSGID, "参保状态异常", "the insurance is paused or ended"),
    WAITING_PERIOD(
            512, Stage.ENGINE, Binding.BINDS, Next.NEW_MSGID, "待遇等待期内", "the insurance gives nothing yet on this day"),
    INSUTYPE_MISMATCH(508, Stage.ENGINE, Binding.BINDS, Next.NEW_MSGID, "险种不符", "the person has no such insurance"),
    NO_POLICY(
            509,
            Stage.ENGINE,
            Binding.BINDS,
            Next.CALL,
            "无适用待遇政策",
            "no policy covers this region, insurance, person type, level, and day"),
    MED_TYPE_NOT_ALLOWED(
            510,
            Stage.ENGINE,
            Binding.BINDS,
            Next.NEW_MSGID,
            "医疗类别不允许",
            "the institution may not settle this med_type"),
    NOT_QUALIFIED(
            513,
            Stage.ENGINE,
            Binding.BINDS,
            Next.NEW_MSGID,
            "无门诊慢特病待遇资格",
            "the person has no qualification for this disease on this day"),
    VISIT_UNKNOWN(
            514,
            Stage.ENGINE,
            Binding.BINDS,
            Next.NEW_MSGID,
            "未查询到就诊登记",
            "no open registration or admission of this mdtrt_id: never made, cancelled, or expired"),
    VISIT_MISMATCH(
            515,
            Stage.ENGINE,
            Binding.BINDS,
            Next.NEW_MSGID,
            "就诊信息不符",
            "person, institution, insurance, or kind of visit is not that of the registration or admission"),
    VISIT_STATE(
            516,
            Stage.ENGINE,
            Binding.BINDS,
            Next.NEW_MSGID,
            "就诊状态不允许",
            "not discharged yet, discharged already, or settled already"),
    STAY_OPEN(517, Stage.ENGINE, Binding.BINDS, Next.CALL, "存在未结束的住院", "the person is in a stay that is not ended"),
    ITEM_UNKNOWN(511, Stage.ENGINE, Binding.BINDS, Next.NEW_MSGID, "项目编码不存在", "the item is not in the catalogue"),
    RX_REQUIRED(518, Stage.ENGINE, Binding.BINDS, Next.NEW_MSGID, "处方号缺失", "the item needs a prescription number"),
    NO_UNSETTLED_LINES(
            519,
            Stage.ENGINE,
            Binding.BINDS,
            Next.NEW_MSGID,
            "无未结算费用明细",
            "the visit has no unsettled line of this batch"),

    // 6xx: the engine, on amounts.
    AMOUNT_OUT_OF_RANGE(
            601,
            Stage.ENGINE,
            Binding.BINDS,
            Next.NEW_MSGID,
            "金额或数量超出范围",
            "a price, quantity, or amount is negative, zero, or too large"),
    LINE_AMOUNT_WRONG(
            602, Stage.ENGINE, Binding.BINDS, Next.NEW_MSGID, "明细金额不等于单价乘数量", "a line's amount is not pric times cnt"),
    SUM_WRONG(
            603, Stage.ENGINE, Binding.BINDS, Next.NEW_MSGID, "总额与明细合计不符", "medfee_sumamt is not the sum of the lines"),
    SPLIT_WRONG(
            604,
            Stage.ENGINE,
            Binding.BINDS,
            Next.NEW_MSGID,
            "费用分割与明细合计不符",
            "the four-way split is not that of the lines"),

    // 7xx: the engine, on reversals and cancels.
    NOT_REVERSIBLE(701, Stage.ENGINE, Binding.BINDS, Next.CALL, "该交易不可冲正", "this transaction cannot be reversed"),
    REVERSAL_MISMATCH(
            702,
            Stage.ENGINE,
            Binding.BINDS,
            Next.NEW_MSGID,
            "冲正信息与原交易不符",
            "person, institution, or transaction number is not the original's"),
    SETL_UNKNOWN(
            703,
            Stage.ENGINE,
            Binding.BINDS,
            Next.CALL,
            "未查询到结算记录",
            "no settlement of this setl_id within the horizon"),
    PERIOD_CLOSED(
            706,
            Stage.ENGINE,
            Binding.BINDS,
            Next.CALL,
            "清算期已关闭",
            "the clearing period of the settlement is closed: an operator has to open it again, or the refund is made outside"),
    LATER_SETTLEMENTS(
            705,
            Stage.ENGINE,
            Binding.BINDS,
            Next.NEW_MSGID,
            "存在后续结算",
            "later settlements stand on this one: cancel them first, the last one first"),
    ALREADY_UNDONE(
            704, Stage.ENGINE, Binding.BINDS, Next.DONE, "结算已撤销或冲正", "the settlement was cancelled or reversed before"),

    BUILT_UPON(
            707,
            Stage.ENGINE,
            Binding.BINDS,
            Next.CALL,
            "撤销后已发生新业务",
            "what the original changed has been used since: it stands"),
    // On statements.
    STATEMENT_UNKNOWN(
            721, Stage.ENGINE, Binding.BINDS, Next.NEW_MSGID, "未查询到对账文件", "no upload of this file_qury_no stands"),
    STATEMENT_PIECE(
            722,
            Stage.ENGINE,
            Binding.BINDS,
            Next.NEW_MSGID,
            "对账文件分片不连续",
            "the pieces of an upload run from 0 without gaps, and end with its 3202"),
    STATEMENT_SUMS(
            723,
            Stage.ENGINE,
            Binding.BINDS,
            Next.NEW_MSGID,
            "对账文件合计不符",
            "count or sums are not those of the uploaded rows"),
    STATEMENT_PERIOD(
            724,
            Stage.ENGINE,
            Binding.BINDS,
            Next.NEW_MSGID,
            "对账期间无效",
            "the period ends before it begins, ends later than today, or begins before totals are kept"),
    STATEMENT_TOO_MANY(
            725,
            Stage.ENGINE,
            Binding.BINDS,
            Next.NEW_MSGID,
            "当日对账文件过多",
            "the institution has begun too many uploads on this business day"),

    // 8xx: operators' acts.
    ACT_REFUSED(801, Stage.ENGINE, Binding.FREE, Next.MEND, "操作被拒绝", "the act does not fit the state"),

    // 9xx: the gateway's own faults.
    CAPACITY(901, Stage.ENGINE, Binding.FREE, Next.CALL, "容量已满", "a table of the gateway has reached its limit"),
    PAGES_UNAVAILABLE(
            902,
            Stage.DESK,
            Binding.FREE,
            Next.CALL,
            "查询服务不可用",
            "the query is recorded, and its page cannot be made: the index or the journal cannot be read"),
    INTERNAL(
            999,
            Stage.ENGINE,
            Binding.BINDS,
            Next.CALL,
            "系统内部错误",
            "the gateway failed on this request; it changed nothing");

    /** Who gives the code. */
    public enum Stage {
        /** Before the ring, from the header alone. No record, no receipt. */
        ADMIT,
        /** Between admit and the engine. No record, no receipt. */
        VERIFY,
        /** The engine. Journaled, with receipt. */
        ENGINE,
        /** Behind the journal, on a query whose record stands: it says that no page comes, and has no receipt. */
        DESK
    }

    /** Whether the answer is final for the msgid. */
    public enum Binding {
        /** The msgid is used up: every repeat gets this answer. */
        BINDS,
        /** The answer speaks of this frame only; an earlier or later try with the msgid may settle. */
        FREE
    }

    /** What a client does next. */
    public enum Next {
        DONE("nothing"),
        RETRY("send again later, same msgid"),
        SIGN_IN("connect, sign in, send again, same msgid"),
        MEND("mend the request or the terminal; an earlier try may have settled, so ask by msgid"),
        NEW_MSGID("mend the request and send it with a new msgid"),
        CALL("call the operator");

        private final String advice;

        Next(final String advice) {
            this.advice = advice;
        }

        public String advice() {
            return advice;
        }
    }

    private static final ResultCode[] BY_CODE = new ResultCode[1000];

    static {
        for (final ResultCode code : values()) {
            BY_CODE[code.code] = code;
        }
    }

    private final int code;
    private final Stage stage;
    private final Binding binding;
    private final Next next;
    private final String textZh;
    private final String textEn;

    ResultCode(
            final int code,
            final Stage stage,
            final Binding binding,
            final Next next,
            final String textZh,
            final String textEn) {
        this.code = code;
        this.stage = stage;
        this.binding = binding;
        this.next = next;
        this.textZh = textZh;
        this.textEn = textEn;
    }

    /**
     * The code of this number.
     *
     * @throws IllegalArgumentException if there is none.
     */
    public static ResultCode of(final int code) {
        final ResultCode result = code >= 0 && code < BY_CODE.length ? BY_CODE[code] : null;
        if (result == null) {
            throw new IllegalArgumentException("no result code " + code);
        }
        return result;
    }

    public int code() {
        return code;
    }

    public Stage stage() {
        return stage;
    }

    public boolean binds() {
        return binding == Binding.BINDS;
    }

    public Next next() {
        return next;
    }

    /** In Chinese, for the terminal's screen. */
    public String textZh() {
        return textZh;
    }

    public String textEn() {
        return textEn;
    }
}
