export namespace app {
	
	export interface AcceptInput {
	    incident: string;
	    voice: boolean;
	    back: string[];
	    time: number;
	}
	export interface AckInput {
	    key: string;
	}
	export interface AckView {
	    count: number;
	}
	export interface ActView {
	    kind: string;
	    subject: string;
	    text: string;
	    due: number;
	}
	export interface ActionInput {
	    incident: string;
	    action: string;
	    minutes: number;
	    dropped: boolean;
	    result: string;
	}
	export interface ActionView {
	    id: string;
	    text: string;
	    owner: string;
	    due: number;
	    look: string;
	    back: number;
	}
	export interface AddCalendarInput {
	    name: string;
	    role: string;
	    schedule: string;
	    zone: string;
	    file: string;
	    url: string;
	    text: string;
	    override: boolean;
	    local: boolean;
	}
	export interface AlarmsView {
	    total: number;
	    advisory: number;
	    caution: number;
	    warning: number;
	    minutes: number;
	    perTen: string;
	    advisoryShare: number;
	    warningShare: number;
	    mostPerTen: string;
	    leastAdvisory: number;
	    mostWarning: number;
	}
	export interface AlertsView {
	    desktop: boolean;
	    reason: string;
	    silent: number;
	}
	export interface AnswerInput {
	    criterion: string;
	    value: number;
	}
	export interface AskView {
	    id: string;
	    letter: string;
	    ask: string;
	    choices: string[];
	    unknown: number;
	    weight: number;
	}
	export interface AskedOfView {
	    id: string;
	    of: string[];
	    ask: string[];
	}
	export interface AskedView {
	    id: string;
	    text: string;
	    answer: string;
	}
	export interface BlankView {
	    phase: string;
	    name: string;
	    ask: string;
	    minutes: number[];
	}
	export interface AskingView {
	    person: string;
	    name: string;
	    blanks: BlankView[];
	    later: number;
	}
	export interface AssessInput {
	    incident: string;
	    to: string;
	    reason: string;
	    answered: boolean;
	    answers: AnswerInput[];
	    likelihood: number;
	    trend: string;
	    effect: string;
	}
	export interface PlanPromiseView {
	    audience: string;
	    was: number;
	    due: number;
	    everyWas: number;
	    every: number;
	}
	export interface PlanView {
	    from: string;
	    to: string;
	    lower: boolean;
	    promises: PlanPromiseView[];
	    required: string[];
	    released: string[];
	    more: string[];
	    less: string[];
	    effort: string;
	    effortWas: string;
	    command: string;
	    retro: string;
	    retroWas: string;
	}
	export interface FlipView {
	    criterion: string;
	    answer: number;
	    severity: string;
	}
	export interface AssessView {
	    score: number;
	    byScore: number;
	    impact: number;
	    floor: string;
	    likelihood: number;
	    severity: string;
	    clamp: string;
	    unknown: string[];
	    flips: FlipView[];
	    plan: PlanView;
	}
	export interface AssessmentView {
	    answers: AnswerInput[];
	    likelihood: number;
	    trend: string;
	    effect: string;
	    proposed: string;
	}
	export interface AssignOnCallInput {
	    incident: string;
	    role: string;
	    schedule: string;
	    lane: string;
	    person: string;
	}
	export interface AtInput {
	    incident: string;
	    at: number;
	}
	export interface AudienceView {
	    id: string;
	    name: string;
	    outside: boolean;
	    told: number;
	    at: number;
	    text: string;
	    state: string;
	    due: number;
	    first: boolean;
	    look: string;
	    key: string;
	    snoozes: number;
	    silent: number;
	    every: number;
	    ladder: string[];
	    route: string;
	}
	export interface MonthView {
	    month: string;
	    share: number;
	    down: number;
	    incidents: number;
	    guessed: boolean;
	}
	export interface AvailableView {
	    service: string;
	    months: MonthView[];
	}
	export interface AwayItem {
	    incident: string;
	    ref: string;
	    kind: string;
	    subject: string;
	    text: string;
	    due: number;
	    look: string;
	}
	export interface AwayView {
	    from: number;
	    to: number;
	    slept: boolean;
	    came: AwayItem[];
	}
	export interface BackView {
	    person: string;
	    name: string;
	    back: number;
	}
	
	export interface TabularView {
	    head: string[];
	    rows: string[][];
	    nums: number[];
	}
	export interface RunView {
	    text: string;
	    to: string;
	}
	export interface BlockView {
	    kind: string;
	    runs: RunView[];
	    table?: TabularView;
	}
	export interface ImpactView {
	    who: string;
	    what: string;
	}
	export interface RetroView {
	    owner: string;
	    time: number;
	    minutes: number;
	    place: string;
	    invited: string[];
	    shared: string;
	    link: string;
	}
	export interface FollowUpTypeView {
	    id: string;
	    name: string;
	    ask: string;
	    days: number;
	    proof: string;
	}
	export interface FollowUpView {
	    id: string;
	    text: string;
	    type: string;
	    kind: string;
	    owner: string;
	    watcher: string;
	    due: number;
	    late: boolean;
	    link: string;
	    proof: string;
	    state: string;
	    word: string;
	    minutes: number;
	}
	export interface TodoView {
	    id: string;
	    text: string;
	    why: string;
	    done: boolean;
	    waived: boolean;
	    word: string;
	    by: string;
	    due: number;
	    late: boolean;
	}
	export interface BoardView {
	    open: number;
	    todos: TodoView[];
	    followUps: FollowUpView[];
	    types: FollowUpTypeView[];
	    crew: BackView[];
	    retro: RetroView;
	    impact: ImpactView;
	}
	export interface BurdenView {
	    person: string;
	    name: string;
	    incidents: number;
	    present: number;
	    night: number;
	    nights: number;
	}
	export interface EstimateInput {
	    phase: string;
	    minutes: number;
	    people: number;
	    perHour: number;
	}
	export interface CalculatorInput {
	    rows: EstimateInput[];
	    incidents: number;
	}
	export interface CalculatorPaperInput {
	    rows: EstimateInput[];
	    incidents: number;
	    format: string;
	}
	export interface EstimateView {
	    phase: string;
	    name: string;
	    after: boolean;
	    minutes: number;
	    people: number;
	    perHour: number;
	    source: string;
	    n: number;
	    takes: number;
	    year: number;
	    cost: number;
	}
	export interface CalculatorView {
	    currency: string;
	    incidents: number;
	    counted: number;
	    rows: EstimateView[];
	    minutes: number;
	    amount: number;
	    year: number;
	    before: number;
	    cost: number;
	}
	export interface FeedView {
	    name: string;
	    from: string;
	    schedule: string;
	    role: string;
	    preset: string;
	    override: boolean;
	    byDesign: string[];
	    zone: string;
	    read: number;
	    tried: number;
	    next: number;
	    changed: number;
	    events: number;
	    kind: string;
	    trouble: string;
	    hint: string;
	    since: number;
	    held: boolean;
	    skipped: number;
	    notes: string[];
	    look: string;
	}
	export interface LoadView {
	    name: string;
	    minutes: number;
	    nights: number;
	    weekend: number;
	    turns: number;
	}
	export interface OverrideView {
	    id: string;
	    schedule: string;
	    lane: string;
	    person: string;
	    from: number;
	    to: number;
	    note: string;
	}
	export interface EventView {
	    kind: string;
	    incident: string;
	    ref: string;
	    title: string;
	    severity: string;
	    start: number;
	    end: number;
	}
	export interface OverlapView {
	    start: number;
	    end: number;
	    names: string[];
	}
	export interface SpanView {
	    start: number;
	    end: number;
	}
	export interface TurnView {
	    name: string;
	    known: boolean;
	    start: number;
	    end: number;
	    open: boolean;
	    override: boolean;
	    tentative: boolean;
	    allDay: boolean;
	    title: string;
	    calendar: string;
	    id: string;
	}
	export interface LaneView {
	    role: string;
	    lane: string;
	    schedule: string;
	    zone: string;
	    calendars: string[];
	    turns: TurnView[];
	    gaps: SpanView[];
	    quiet: SpanView[];
	    overlaps: OverlapView[];
	    horizon: number;
	}
	export interface CalendarView {
	    from: number;
	    to: number;
	    lanes: LaneView[];
	    events: EventView[];
	    overrides: OverrideView[];
	    loads: LoadView[];
	    feeds: FeedView[];
	    problems: string[];
	}
	export interface CellView {
	    id: string;
	    look: string;
	    subject: string;
	    due: number;
	    count: number;
	    kind: string;
	    acked: boolean;
	    incident: string;
	    ref: string;
	}
	export interface WaiverInput {
	    criterion: string;
	    reason: string;
	}
	export interface ChangeInput {
	    incident: string;
	    to: string;
	    reason: string;
	    waivers: WaiverInput[];
	}
	export interface ChangeStartInput {
	    incident: string;
	    thing: string;
	    text: string;
	    person: string;
	    undo: string;
	    anyway: boolean;
	}
	export interface ChangeView {
	    id: string;
	    thing: string;
	    text: string;
	    by: string;
	    undo: string;
	    at: number;
	}
	export interface ChannelInput {
	    incident: string;
	    text: string;
	    archive: boolean;
	}
	export interface ChoiceView {
	    id: string;
	    name: string;
	}
	export interface ChannelNameView {
	    route: string;
	    name: string;
	    shapes: ChoiceView[];
	    problem: string;
	    steps: string[];
	    left: string[];
	}
	export interface ChannelView {
	    route: string;
	    remote: string;
	    link: string;
	    name: string;
	}
	export interface ChatInput {
	    incident: string;
	    text: string;
	    as: string;
	    dry: boolean;
	}
	export interface CheckInput {
	    incident: string;
	    subject: string;
	    state: string;
	    text: string;
	}
	export interface ItemView {
	    id: string;
	    text: string;
	    hint: string;
	    why: string;
	    killer: boolean;
	    act: string;
	    state: string;
	    value: string;
	    by: string;
	    at: number;
	    self: boolean;
	}
	export interface ChecklistView {
	    id: string;
	    name: string;
	    mode: string;
	    when: string;
	    done: number;
	    here: number;
	    paused: number;
	    items: ItemView[];
	}
	
	export interface ChoicesView {
	    people: string[];
	    services: string[];
	}
	export interface ColumnView {
	    name: string;
	    field: string;
	}
	export interface PairInput {
	    more: string;
	    than: string;
	    by: number;
	}
	export interface CompareInput {
	    name: string;
	    pairs: PairInput[];
	}
	export interface CompareView {
	    name: string;
	    pairs: PairInput[];
	    missing: number;
	    weights: number[];
	    ratio: number;
	    contrary: string;
	    worst: number;
	    folder: string;
	    kept: boolean;
	    judges: string[];
	    all: number[];
	    together: number;
	    spread: string[];
	}
	export interface ContactInput {
	    name: string;
	    email: string;
	    aliases: string[];
	    phone: string;
	    zone: string;
	    notes: string;
	    slack: string;
	}
	export interface ContactView {
	    name: string;
	    email: string;
	    aliases: string[];
	    phone: string;
	    zone: string;
	    notes: string;
	    slack: string;
	}
	export interface CopyView {
	    name: string;
	    path: string;
	    at: number;
	    redacted: number;
	}
	export interface CopiesView {
	    copies: CopyView[];
	}
	
	export interface EffortView {
	    phase: string;
	    name: string;
	    source: string;
	    minutes: number;
	    amount: number;
	    people: number;
	    after: boolean;
	}
	export interface CostView {
	    currency: string;
	    minutes: number;
	    amount: number;
	    before: number;
	    present: number;
	    lines: EffortView[];
	    asks: AskingView[];
	}
	export interface CoverInput {
	    incident: string;
	    role: string;
	    minutes: number;
	}
	export interface CriterionView {
	    id: string;
	    text: string;
	    soak: number;
	    state: string;
	    word: string;
	    at: number;
	    since: number;
	    until: number;
	    dips: number;
	}
	export interface DayView {
	    start: number;
	    end: number;
	    offset: number;
	    changes: number;
	    after: number;
	}
	export interface DecisionView {
	    id: string;
	    text: string;
	    at: number;
	    objections: string;
	    expect: string;
	    check: number;
	    look: string;
	}
	export interface DeclareInput {
	    id: string;
	    title: string;
	    type: string;
	    severity: string;
	    impact: string;
	    started: number;
	    detected: number;
	    summary: string;
	    source: string;
	    reporter: string;
	    thread: string;
	    video: string;
	    environments: string[];
	    regions: string[];
	    services: string[];
	    invited: string[];
	    signs: string[];
	    security: boolean;
	    backfill: boolean;
	    declaredAt: number;
	    channel: string;
	}
	export interface DeclaringInput {
	    signs: string[];
	}
	export interface DeclaringView {
	    matched: string[];
	    enough: string;
	}
	export interface DeliveryInput {
	    row: string;
	    how: string;
	    remote: string;
	}
	export interface DeliveryView {
	    id: string;
	    incident: string;
	    ref: string;
	    record: string;
	    actor: string;
	    audience: string;
	    route: string;
	    target: string;
	    what: string;
	    step: string;
	    text: string;
	    byHand: string;
	    state: string;
	    attempts: number;
	    created: number;
	    changed: number;
	    notBefore: number;
	    staleAfter: number;
	    recall: number;
	    remote: string;
	    link: string;
	    why: string;
	    hint: string;
	    acts: string[];
	    next: string;
	}
	export interface DotView {
	    incident: string;
	    ref: string;
	    title: string;
	    at: number;
	    span: number;
	    guessed: boolean;
	}
	export interface DraftInput {
	    incident: string;
	    audience: string;
	    state: string;
	    text: string;
	    next: number;
	}
	export interface DraftView {
	    audience: string;
	    state: string;
	    text: string;
	    next: number;
	    checks: string[];
	    merges: boolean;
	    gives: string;
	    stops: boolean;
	    hidden: string[];
	}
	export interface DrillView {
	    ref: string;
	    link: string;
	}
	export interface DueView {
	    key: string;
	    rule: string;
	    incident: string;
	    ref: string;
	    kind: string;
	    subject: string;
	    name: string;
	    text: string;
	    due: number;
	    look: string;
	    acked: boolean;
	}
	export interface EarlierInput {
	    incident: string;
	    before: string;
	    limit: number;
	}
	export interface EffortInput {
	    incident: string;
	    phase: string;
	    person: string;
	    minutes: number;
	}
	
	
	
	
	export interface EvidenceInput {
	    incident: string;
	    hypothesis: string;
	    state: string;
	    sort: string;
	    text: string;
	}
	export interface EvidenceView {
	    sort: string;
	    text: string;
	    at: number;
	    by: string;
	}
	export interface ExpectInput {
	    incident: string;
	    decision: string;
	    objections: string;
	    expect: string;
	    minutes: number;
	}
	export interface ExplainView {
	    incident: string;
	    deadline: string;
	    kind: string;
	    subject: string;
	}
	export interface ExportInput {
	    incident: string;
	    format: string;
	}
	export interface ExportView {
	    name: string;
	    type: string;
	    text: string;
	    lost: string[];
	    base64: boolean;
	}
	export interface FactorInput {
	    incident: string;
	    factor: string;
	    to: string;
	    moment: string;
	    gone: boolean;
	}
	export interface FactorView {
	    id: string;
	    text: string;
	    ledTo: string[];
	    seen: string[];
	}
	export interface FaultView {
	    code: string;
	    message: string;
	    hint: string;
	    field: string;
	}
	
	export interface LateView {
	    incident: string;
	    ref: string;
	    audience: string;
	    due: number;
	    by: number;
	}
	export interface MetricView {
	    id: string;
	    name: string;
	    definition: string;
	    n: number;
	    median: number;
	    p25: number;
	    p75: number;
	    mean: number;
	    least: number;
	    most: number;
	    guessed: number;
	    missing: number;
	    dots: DotView[];
	}
	export interface FiguresView {
	    incidents: number;
	    spans: MetricView[];
	    kept: number;
	    late: LateView[];
	    inFive: number;
	    inFiveOf: number;
	}
	export interface FileView {
	    name: string;
	    size: string;
	    width: number;
	    height: number;
	    picture: boolean;
	    text: boolean;
	    lost: string;
	}
	export interface FilterView {
	    key: string;
	    value: string;
	    text: string;
	    unmet: string;
	}
	
	export interface FollowUpEnd {
	    incident: string;
	    followUp: string;
	    state: string;
	    text: string;
	    minutes: number;
	}
	export interface FollowUpInput {
	    incident: string;
	    followUp: string;
	    text: string;
	    type: string;
	    owner: string;
	    watcher: string;
	    due: number;
	    link: string;
	    proof: string;
	    why: string;
	}
	
	
	export interface GapView {
	    schedule: string;
	    lane: string;
	    start: number;
	    end: number;
	}
	export interface GateView {
	    criteria: CriterionView[];
	    open: number;
	    owed: string[];
	    missing: string[];
	    actions: number;
	    retro: boolean;
	    retroBy: number;
	    followUps: number;
	}
	export interface HandoffFileInput {
	    incident: string;
	    passphrase: string;
	}
	export interface HandoffFileSays {
	    incident: string;
	    ref: string;
	    title: string;
	    severity: string;
	    phase: string;
	    made: number;
	    words: string[];
	    bits: number;
	    commander: string;
	    term: number;
	    offered: string;
	    records: number;
	    new: number;
	    taken: boolean;
	    says: string;
	    brief: string;
	}
	export interface HandoffFileView {
	    name: string;
	    type: string;
	    text: string;
	    words: string[];
	    bits: number;
	    says: string;
	    lacks: string[];
	}
	export interface HandoffOpenInput {
	    text: string;
	    passphrase: string;
	    words: string;
	}
	export interface SaidView {
	    id: string;
	    name: string;
	    text: string;
	}
	export interface PartView {
	    head: string;
	    lines: string[];
	}
	export interface HandoffView {
	    parts: PartView[];
	    back: SaidView[];
	    announce: string;
	    text: string;
	}
	export interface HandoverView {
	    role: string;
	    schedule: string;
	    at: number;
	    from: string[];
	    to: string;
	}
	export interface HelperView {
	    name: string;
	    phone: string;
	    email: string;
	    why: string;
	    busy: string;
	}
	export interface HintView {
	    words: string;
	    ask: string;
	}
	export interface VersionView {
	    actor: string;
	    written: number;
	    at: number;
	    text: string;
	    gone: string;
	    undone: boolean;
	}
	export interface HistoryView {
	    versions: VersionView[];
	}
	export interface HitView {
	    incident: string;
	    ref: string;
	    title: string;
	    record: string;
	    id: string;
	    at: number;
	    kind: string;
	    mark: string;
	    actor: string;
	    parts: string[];
	    corrected: boolean;
	    undone: boolean;
	}
	export interface TieView {
	    other: string;
	    ref: string;
	    how: string;
	    text: string;
	}
	export interface MeasureView {
	    id: string;
	    text: string;
	    owner: string;
	    ends: number;
	}
	export interface PlaybookView {
	    id: string;
	    name: string;
	    services: string[];
	    owner: string;
	    steps: number;
	    warnings: string[];
	    fits: boolean;
	    named: boolean;
	    running: string;
	}
	export interface HoldView {
	    playbooks: PlaybookView[];
	    measures: MeasureView[];
	    ties: TieView[];
	    aside: string;
	}
	export interface HypothesisView {
	    id: string;
	    text: string;
	    at: number;
	    state: string;
	    evidence: EvidenceView[];
	}
	
	export interface ImportLine {
	    at: number;
	    approx: boolean;
	    actor: string;
	    kind: string;
	    text: string;
	    here: boolean;
	}
	export interface ImportPerson {
	    name: string;
	    as: string;
	}
	export interface LeftView {
	    what: string;
	    count: number;
	}
	export interface ImportView {
	    format: string;
	    incident: string;
	    ref: string;
	    title: string;
	    channels: string[];
	    channel: string;
	    columns: ColumnView[];
	    fields: string[];
	    people: ImportPerson[];
	    lines: ImportLine[];
	    records: number;
	    new: number;
	    from: number;
	    to: number;
	    left: LeftView[];
	    problems: string[];
	    aside: string;
	    files: number;
	    lacks: string[];
	    done: boolean;
	    needs?: FaultView;
	}
	export interface NeedView {
	    id: string;
	    text: string;
	    call: HelperView[];
	}
	export interface IntermissionView {
	    why: string;
	    since: number;
	    answered: number;
	    said: string[];
	    needs: NeedView[];
	}
	export interface InvitationView {
	    name: string;
	    type: string;
	    text: string;
	    method: string;
	    to: string[];
	    lacks: string[];
	    gone: string;
	    goneTo: string[];
	}
	
	export interface KeptView {
	    place: string;
	    text: string;
	}
	export interface KeyView {
	    id: string;
	    chord: string;
	}
	export interface KeysInput {
	    keys: KeyView[];
	}
	export interface KitRoleView {
	    id: string;
	    name: string;
	    short: string;
	    duty: string;
	    first: string;
	    not: string;
	    handOver: string;
	    many: boolean;
	}
	export interface TypeView {
	    id: string;
	    name: string;
	    private: boolean;
	    first: string;
	}
	export interface TemplateView {
	    id: string;
	    name: string;
	    title: string;
	    type: string;
	    severity: string;
	    summary: string;
	    impact: string;
	    source: string;
	    video: string;
	    environments: string[];
	    regions: string[];
	    services: string[];
	    invited: string[];
	}
	export interface MatrixView {
	    impact: number;
	    levels: string[];
	}
	export interface QuestionsView {
	    criteria: AskView[];
	    ask: string;
	    likelihood: string[];
	    unknown: number;
	    matrix: MatrixView[];
	    effects: string[];
	    trends: string[];
	    again: number;
	    judges: string[];
	    ratio: number;
	    spread: string[];
	}
	export interface SeverityView {
	    id: string;
	    name: string;
	    meaning: string;
	    command: string;
	    effort: string;
	    promises: string;
	}
	export interface KitView {
	    name: string;
	    source: string;
	    hash: string;
	    severities: SeverityView[];
	    assessment: QuestionsView;
	    signs: ChoiceView[];
	    templates: TemplateView[];
	    types: TypeView[];
	    roles: KitRoleView[];
	    audiences: ChoiceView[];
	    phases: ChoiceView[];
	    states: ChoiceView[];
	}
	export interface LackView {
	    incident: string;
	    ref: string;
	    title: string;
	    milestone: string;
	    stands: number;
	    open: boolean;
	    spans: string[];
	}
	
	
	
	export interface LineView {
	    id: string;
	    sort: string;
	    at: number;
	    recordedAt: number;
	    kind: string;
	    mark: string;
	    actor: string;
	    text: string;
	    basis: string;
	    more: string;
	    tradeoff: string;
	    approx: boolean;
	    late: boolean;
	    amended: boolean;
	    undone: boolean;
	    redacted: string;
	    editable: boolean;
	    worded: boolean;
	    words: string;
	    folded: boolean;
	    link: string;
	    file?: FileView;
	}
	export interface LinkInput {
	    incident: string;
	    other: string;
	    how: string;
	}
	export interface QuestionView {
	    id: string;
	    text: string;
	    at: number;
	}
	export interface TeamView {
	    lead: PersonView;
	    members: PersonView[];
	}
	export interface WorkView {
	    changes: ChangeView[];
	    decisions: DecisionView[];
	    hypotheses: HypothesisView[];
	    teams: TeamView[];
	    reports: PersonView[];
	}
	export interface SituationView {
	    impact: string;
	    goal: string;
	    cause: string;
	}
	export interface StepView {
	    id: string;
	    name: string;
	    past: boolean;
	    here: boolean;
	}
	export interface RoleView {
	    id: string;
	    name: string;
	    short: string;
	    person: PersonView;
	    since: number;
	    required: boolean;
	    shown: boolean;
	    look: string;
	    asked: PersonView;
	    askedAt: number;
	    covered: number;
	    deputy: PersonView;
	    critical: boolean;
	    many: boolean;
	}
	export interface OfferView {
	    to: PersonView;
	    at: number;
	    worry: string;
	    undone: string;
	    care: string;
	}
	export interface PersonView {
	    id: string;
	    name: string;
	}
	export interface MilestoneView {
	    id: string;
	    time: number;
	    approx: boolean;
	}
	export interface LiveView {
	    id: string;
	    ref: string;
	    title: string;
	    summary: string;
	    type: string;
	    security: boolean;
	    backfill: boolean;
	    mine: boolean;
	    severity: string;
	    provisional: boolean;
	    assessment?: AssessmentView;
	    assessed: number;
	    phase: string;
	    phaseSince: number;
	    milestones: MilestoneView[];
	    commander: PersonView;
	    term: number;
	    offer?: OfferView;
	    roles: RoleView[];
	    span: number;
	    maxSpan: number;
	    checklist: ChecklistView;
	    interrupted: ChecklistView[];
	    rail: StepView[];
	    situation: SituationView;
	    actions: ActionView[];
	    work: WorkView;
	    questions: QuestionView[];
	    gate: GateView;
	    audiences: AudienceView[];
	    cells: CellView[];
	    outbox: DeliveryView[];
	    channel: ChannelView;
	    next: ActView;
	    then?: ActView;
	    people: string[];
	    entries: number;
	    saved: number;
	    kit?: KitView;
	    alarms?: AlarmsView;
	    hold: HoldView;
	}
	
	export interface LogInput {
	    incident: string;
	    id: string;
	    text: string;
	    as: string;
	}
	export interface MailView {
	    mailto: string;
	    name: string;
	    eml: string;
	    why: string;
	}
	export interface MarkInput {
	    incident: string;
	    subject: string;
	    as: string;
	    text: string;
	}
	
	export interface MeasureInput {
	    incident: string;
	    measure: string;
	    text: string;
	    owner: string;
	    ends: number;
	}
	
	export interface MentionView {
	    id: string;
	    name: string;
	    group: boolean;
	}
	
	export interface MetricsInput {
	    months: number;
	    service: string;
	}
	export interface MetricsPaperInput {
	    months: number;
	    service: string;
	    format: string;
	}
	export interface MetricsView {
	    from: number;
	    to: number;
	    service: string;
	    services: string[];
	    live: FiguresView;
	    backfills: FiguresView;
	    drills: number;
	    aside: number;
	    available: AvailableView[];
	    availableAs: string;
	    loads: BurdenView[];
	    lacking: LackView[];
	}
	
	export interface MineView {
	    incident: string;
	    ref: string;
	    title: string;
	    asking: AskingView;
	}
	export interface MomentView {
	    id: string;
	    anchor: string;
	    cite: string;
	    at: number;
	    recordedAt: number;
	    until: number;
	    mark: string;
	    text: string;
	    who: string;
	    late: boolean;
	    undone: boolean;
	    matters: boolean;
	    as: string;
	    why: string;
	    asked: AskedView[];
	}
	
	export interface MuteInput {
	    schedule: string;
	    text: string;
	    from: number;
	    to: number;
	}
	
	export interface NeedsInput {
	    incident: string;
	    needs: string[];
	    text: string;
	}
	export interface ShowView {
	    incident: string;
	    sheet: string;
	    audience: string;
	}
	export interface RingView {
	    incident: string;
	    look: string;
	}
	export interface TimelineView {
	    incident: string;
	    rows: LineView[];
	    earlier: number;
	}
	export interface OnDutyView {
	    name: string;
	    email: string;
	    phone: string;
	    zone: string;
	    offset: number;
	    night: boolean;
	    known: boolean;
	    start: number;
	    end: number;
	    open: boolean;
	    override: boolean;
	    title: string;
	    calendar: string;
	}
	export interface OnCallRow {
	    role: string;
	    lane: string;
	    schedule: string;
	    word: string;
	    on: OnDutyView[];
	    until: number;
	    next?: TurnView;
	    previous?: TurnView;
	    contested: boolean;
	    read: number;
	    stale: string;
	    horizon: number;
	    look: string;
	}
	export interface OnCallView {
	    at: number;
	    rows: OnCallRow[];
	    soon: HandoverView[];
	    feeds: FeedView[];
	}
	export interface RowView {
	    id: string;
	    ref: string;
	    title: string;
	    severity: string;
	    provisional: boolean;
	    phase: string;
	    commander: string;
	    declared: number;
	    ended: number;
	    entries: number;
	    look: string;
	    into: string;
	}
	export interface ShiftView {
	    from: number;
	    east: number;
	}
	export interface StationView {
	    version: string;
	    data: string;
	    drill: boolean;
	    me: PersonView;
	    suggested: string;
	    theme: string;
	    size: number;
	    font: string;
	    volume: number;
	    keys: KeyView[];
	    folder: string;
	    local: boolean;
	    zone: string;
	    shifts: ShiftView[];
	    incidents: RowView[];
	    kit: KitView;
	    alerts: AlertsView;
	    away?: AwayView;
	    faults: FaultView[];
	    onCall: OnCallView;
	    explain: ExplainView[];
	    due: DueView[];
	}
	export interface Notify {
	    boot: string;
	    seq: number;
	    now: number;
	    station?: StationView;
	    live?: LiveView;
	    timeline?: TimelineView;
	    ring?: RingView;
	    show?: ShowView;
	}
	export interface OfferInput {
	    incident: string;
	    person: string;
	    worry: string;
	    undone: string;
	    care: string;
	}
	
	
	
	
	export interface OutcomeInput {
	    incident: string;
	    subject: string;
	    outcome: string;
	    text: string;
	}
	
	export interface OverrideInput {
	    id: string;
	    schedule: string;
	    lane: string;
	    person: string;
	    from: number;
	    to: number;
	    note: string;
	}
	
	
	export interface PairView {
	    name: string;
	    text: string;
	}
	export interface ParseView {
	    kind: string;
	    text: string;
	    basis: string;
	    tradeoff: string;
	    owner: string;
	    minutes: number;
	    at: number;
	    approx: boolean;
	    words: string[];
	    fault?: FaultView;
	    chat: number;
	}
	
	
	export interface PictureInput {
	    at: number;
	    view: string;
	    zone: string;
	}
	export interface PictureView {
	    view: string;
	    zone: string;
	    zones: string[];
	    week: number;
	    days: DayView[];
	    calendar: CalendarView;
	    nextGap?: GapView;
	}
	export interface PlaceView {
	    id: string;
	    why: string;
	    hint: string;
	}
	
	
	
	export interface PrefsInput {
	    name: string;
	    theme: string;
	    size: number;
	    font: string;
	    volume: number;
	    local?: boolean;
	    kit?: string;
	}
	export interface PreviewView {
	    audience: string;
	    route: string;
	    medium: string;
	    subject: string;
	    text: string;
	    length: number;
	    limit: number;
	    measure: string;
	    copies: number;
	    notes: string[];
	}
	export interface PromisedView {
	    audience: string;
	    due: number;
	    told: number;
	    late: boolean;
	}
	export interface PurgeView {
	    made: string;
	    removed: string[];
	    left: string[];
	}
	
	
	export interface RealView {
	    ref: string;
	    link: string;
	    drill: string[];
	    left: string;
	}
	export interface RedactView {
	    left: string[];
	}
	export interface ReliefView {
	    name: string;
	    email: string;
	    phone: string;
	    why: string;
	    start: number;
	    end: number;
	    minutes: number;
	    night: boolean;
	}
	export interface StopView {
	    at: number;
	    mark: string;
	    text: string;
	}
	export interface ReplayView {
	    first: number;
	    last: number;
	    stops: StopView[];
	}
	export interface RetroInput {
	    incident: string;
	    owner: string;
	    time: number;
	    minutes: number;
	    place: string;
	    invited: string[];
	}
	
	export interface ReviewInput {
	    incident: string;
	    key: string;
	}
	export interface SectionView {
	    id: string;
	    name: string;
	    ask: string;
	    text: string;
	    record: string;
	    at: number;
	    by: string;
	    blocks: BlockView[];
	}
	export interface ReviewView {
	    id: string;
	    ref: string;
	    title: string;
	    owner: string;
	    time: number;
	    facts: PairView[];
	    sections: SectionView[];
	    moments: MomentView[];
	    key: string;
	    factors: FactorView[];
	    askings: AskedOfView[];
	    closing: string[];
	}
	
	export interface RoleInput {
	    incident: string;
	    role: string;
	    person: string;
	}
	
	export interface RouteView {
	    name: string;
	    medium: string;
	    target: string;
	    secret: string;
	    audiences: string[];
	    tried: number;
	    works: boolean;
	    since: number;
	    why: string;
	    hint: string;
	}
	export interface RoutesFileInput {
	    text: string;
	    was: string;
	}
	export interface RoutesFileView {
	    path: string;
	    text: string;
	}
	
	export interface RuleView {
	    id: string;
	    look: string;
	    when: string;
	    act: string;
	    ends: string;
	}
	
	
	export interface SearchCountView {
	    count: number;
	}
	export interface SearchInput {
	    page: string;
	    turn: number;
	    text: string;
	    best: boolean;
	    limit: number;
	}
	export interface SearchView {
	    hits: HitView[];
	    more: boolean;
	    words: boolean;
	    filters: FilterView[];
	    missing: number;
	}
	export interface SecretInput {
	    name: string;
	    value: string;
	}
	export interface SecretView {
	    name: string;
	    place: string;
	    notes: string[];
	}
	export interface SecretsView {
	    places: PlaceView[];
	    kept: SecretView[];
	}
	export interface SectionInput {
	    incident: string;
	    section: string;
	    text: string;
	    base: string;
	    seconds: number;
	}
	
	
	
	
	export interface SimilarView {
	    id: string;
	    ref: string;
	    title: string;
	    severity: string;
	    declared: number;
	    ended: number;
	}
	
	export interface SnoozeInput {
	    incident: string;
	    deadline: string;
	    minutes: number;
	}
	export interface SpanInput {
	    from: number;
	    to: number;
	}
	
	
	
	
	export interface SwitchInput {
	    incident: string;
	    audience: string;
	    route: string;
	    reason: string;
	}
	
	export interface TeamInput {
	    incident: string;
	    person: string;
	    lead: string;
	}
	
	
	export interface TestView {
	    route: string;
	    works: boolean;
	    who: string;
	    had: string[];
	    missing: string[];
	    wanting: string[];
	    why: string;
	    hint: string;
	}
	export interface TextInput {
	    incident: string;
	    subject: string;
	    text: string;
	}
	export interface ThenView {
	    at: number;
	    entries: number;
	    of: number;
	    severity: string;
	    provisional: boolean;
	    phase: string;
	    commander: string;
	    start: number;
	    situation: SituationView;
	    roles: PairView[];
	    actions: ActionView[];
	    questions: QuestionView[];
	    ideas: string[];
	    promises: PromisedView[];
	    rows: LineView[];
	}
	
	export interface TimeInput {
	    incident: string;
	    subject: string;
	    time: number;
	    approx: boolean;
	    text: string;
	}
	
	
	
	
	export interface UndoInput {
	    incident: string;
	    as: string;
	}
	export interface UndoView {
	    record: string;
	    kind: string;
	    text: string;
	    about: string;
	    subject: string;
	    now: string;
	}
	export interface UnfinishedView {
	    incident: string;
	    ref: string;
	    title: string;
	    what: string;
	    count: number;
	    late: number;
	    due: number;
	    text: string;
	}
	export interface UpdateInput {
	    incident: string;
	    id: string;
	    audience: string;
	    state: string;
	    text: string;
	    next: number;
	    how: string;
	    route: string;
	    corrects: string;
	    merges: boolean;
	    mentions: string[];
	    despite: string;
	}
	
	
	
	export interface WrittenView {
	    record: string;
	    at: number;
	    by: string;
	    text: string;
	}

}

