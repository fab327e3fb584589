using System.Globalization;
using System.Text.RegularExpressions;

namespace WixInbox.Rows;

/// <summary>Reads in a cell whether somebody wants no messages, where the column of the cell is about that.</summary>
internal static class OptOutCells
{
    private const int LongestWord = 40;
    private const int LongestAnswer = 100;

    // Nor has somebody consented who never has, but neither asked for anything.
    private static readonly Regex s_neverSubscribed = Whole(
        "never(subscribed|optedin|consented|signedup)", "nie(mals)?(abonniert|angemeldet|eingewilligt|zugestimmt)",
        "jamais(abonné|inscrit)e?", "nunca(suscrit|inscrit|subscrit)[oa]", "maiiscritt[oa]",
        "nooit(aangemeld|ingeschreven|geabonneerd)");

    private static readonly Regex s_subscribed = Whole(
        "(re)?subscribed", "opt(ed)?in", "signedup", "allow", "send", "angemeldet", "abonniert", "abonnée?",
        "inscrite?", "(in|su|sub)scrit[oa]", "iscritt[oa]", "aangemeld", "ingeschreven", "geabonneerd");

    // What stands in place of yes where somebody is asked.
    private static readonly Regex s_agreed = Whole(
        "(single|double|confirmed|explicit)optin(confirmed)?", "single", "double", "doi", "soi",
        "(explicit|implicit|implied|express(ed)?)(consent|optin)?", "allowed", "granted", "given",
        "confirmed", "registered", "accepted", "agreed?", "approved", "consent(ed)?", "ok(ay)?", "einverstanden",
        "akkoord",
        "i(have)?(agree|consent|accept|optin)(ed)?"
            + "(to(receive|get|the|your|marketing|emails?|newsletters?|being|be(contacted|emailed)).*)?",
        "i(want|wish|wouldlike)to(receive|subscribe|get(your|the|news|emails?|updates?|offers?)).*",
        "ichstimme.*zu.*", "ichwillige.*ein.*", "ichmöchte.*(erhalten|bekommen|empfangen|abonnieren).*",
        "j['’]?accepte.*", "jesouhaite(recevoir|m['’]?abonner|m['’]?inscrire|être(contacté|informé)).*",
        "acepto(recibir.*|el.*|la.*|que.*)?", "acc(etto|onsento).*",
        "aceito.*", "ikgaakkoord.*", "(er|ge)wünscht", "interested",
        "erteilt", "bestätigt", "zugestimmt", "eingewilligt", "erlaubt", "ausdrücklich", "explizit",
        "(accord|accept|confirm)ée?", "explicite", "(concedid|aceptad|otorgad|confirmad)[oa]", "explícit[oa]",
        "(concess|accettat|confermat)[oa]", "esplicit[oa]", "verleend", "bevestigd", "toegestaan", "expliciet",
        "aceit[oa]");

    // And where somebody said yes. Who was imported has said nothing.
    private static readonly Regex s_source = Whole(
        "(our)?(web|website|webshop|onlineshop|shop|store|online|checkout|event|facebook|popup)",
        "(web|website|online|signup|registration|contact|order|landing|checkout|facebook)?(form|page|signup)");

    // Who wants messages, in the words for sending them: as an answer to whether they are to stop, it would be a no.
    private static readonly Regex s_wanted = Whole(
        "(配信|送信|受信|購読|送付)(を?希望)?(する|します|中|可)", "受け取る");

    // A denial in front of other words, as they were typed.
    private static readonly Regex s_denial = new(
        @"^\s*(no|not|nein|nicht|keine?[nmrs]?|non|pas|aucune?|nessuna?|n[ãa]o|niet|geen|nee|ikke|inte|ej|ingen|nie"
            + @"|nem|ei|ne|не|нет|לא|אין)[\s,;!]+\p{L}",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase);

    // Where nothing was asked or answered, in words.
    private static readonly Regex s_nothing = new(
        "(set|provided|specified|applicable|available|known|asked|answer(ed)?|data|info(rmation)?|response|default)"
            + "(yet)?$|angab|angegeben|bekannt|gefragt|renseign|précis|indiqu|inform|especific|indicad|dato|specificat"
            + "|indicat|ingevuld|opgegeven|bekend|oplyst|oppgitt|angiv|указан|известн|данн"
            + "|podan|określon|uveden"
            + "|megad|ידוע|צוין",
        RegexOptions.CultureInvariant);

    // A yes or a no with more behind it: "Yes, please", "Y (web)", "No - 2024-01-01".
    private static readonly Regex s_answer = new(
        @"^\s*(\p{L}+)(?:\s*[,;!(–—]|\s+-|-\s"
            + @"|\s+(?=please|thank|bitte|gern|danke|merci|gracias|grazie|por favor|obrigad|graag|tack|takk|tak\b))"
            + "(.*)$",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.Singleline);

    // What takes a yes back.
    private static readonly Regex s_objection = new(
        @"\b(no|not|none|never|but|only|until|except|unless|without|pending|unconfirmed|awaiting|expired|stop|sms|phone"
            + @"|nicht|keine?[nmrs]?|nur|aber|bis|außer|ohne|ausstehend|mais|pas|sauf|seulement|pero|solo|salvo|ma|non"
            + @"|maar|niet|geen|alleen|mas|n[ãa]o|men|ikke|inte|не|но|только|nie|ale|tylko"
            + @"|withdr[ae]wn?|revoked?|cancell?(ed)?|removed?|denied|declined|refused|rejected|stopped|inactive"
            + @"|former(ly)?|ended|opt(ed)?[ -]?out|nothing|off|widerruf\w*|widersproch\w*|gekündigt|abgelehnt"
            + @"|verweigert|abmeld\w*|abbestell\w*|keinerlei|niemals|nichts|ne|plus|rien|jamais|uniquement|désabonn\w*"
            + @"|désinscri\w*|retir\w*|révoqu\w*|refus\w*|résili\w*|nunca|nada|baja|cancelad\w*|revocad\w*"
            + @"|rechazad\w*|denegad\w*|desuscrib\w*|mai|niente|disiscri\w*|revocat\w*|ritirat\w*|rifiutat\w*"
            + @"|nooit|niets|ingetrokken|opgezegd|geweigerd|afmeld\w*|uitschrij\w*)\b|n['’]t\b",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase);

    // A wish behind a no: to a question whether messages are to stop, it is not said that they are not.
    private static readonly Regex s_wish = new(
        @"!|\b(please|pls|thank|thx|bitte|danke|merci|gracias|grazie|por favor|per favore|obrigad|bedankt|dank|tack"
            + "|takk)",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase);

    // Refusals that are said of a plan too.
    private static readonly Regex s_ofPlan = Whole(
        "declined", "rejected", "cancell?ed", "stop(ped)?", "gekündigt", "résiliée?", "cancelad[oa]", "disdett[oa]",
        "opgezegd");

    // A mail program says it of somebody who has marked a message as spam.
    private static readonly Regex s_complained = Whole("complain(ed|t)", "spam", "הוסרה?");

    // How often somebody gets a newsletter, and what a list that has no opt-outs says of its members.
    private static readonly Regex s_kept = Whole(
        "all", "any", "both", "html", "text", "daily", "weekly", "monthly", "quarterly", "newsletter");

    // Of a yes in French, German, Spanish and Russian. As consent, such a letter may as well be out, or stopped.
    private static readonly Regex s_initials = Whole("[ojsд]");

    // What somebody has opted out of, where the column asks for it.
    private static readonly Regex s_everyMail = Whole("all", "any", "everything", "(allthe)?e?mails?");

    private static readonly Regex s_active = Whole(
        "active", "aktiv", "actif", "activ[oa]", "ativ[oa]", "attiv[oa]", "actief", "member", "subscriber",
        "abonnent");

    private static readonly Regex s_never = Whole("never", "nie(mals)?", "jamais", "nunca", "mai", "nooit");

    private static readonly Regex s_none = Whole(
        "keine[rns]?", "aucune?", "ningun[oa]", "ningún", "nessun[oa]?", "geen", "nenhuma?", "notset", "unset");

    // An address and nothing else, as a mail or its header has it: to unsubscribe with, and in every row.
    private static readonly Regex s_link = new(
        @"^\s*<?(https?://|mailto:|www\.)\S*\s*$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase);

    // The end of time, where a program has no date. Some of its spellings are no date for .NET.
    private static readonly Regex s_endOfTime = new(
        @"^\s*(9999\D?12\D?31|(31\D12|12\D31)\D9999)(\D|$)", RegexOptions.CultureInvariant);

    // The number of a day, as Excel counts them, or of seconds or milliseconds since 1970, as databases do, and a date
    // without anything between its digits.
    private static readonly Regex s_dateNumber = new(
        "^([345][0-9]{4}([.,][0-9]+)?|1[0-9]{9}([0-9]{3})?|20[0-9]{6}([0-9]{6})?)$", RegexOptions.CultureInvariant);

    private static readonly string[] s_dayFirst =
    [
        .. new[] { "d.M.yyyy", "d/M/yyyy", "d-M-yyyy" }
            .SelectMany(date => new[] { date, date + " H:mm", date + " H:mm:ss" }),
    ];

    /// <summary>Tells whether a refusal may be that of a plan or a payment, to which somebody subscribes too.</summary>
    public static bool MayBeOfPlan(string value) => s_ofPlan.IsMatch(OptOutWords.WordOf(value));

    /// <summary>Finds out whether what stands in a column means that somebody wants no messages.</summary>
    /// <param name="meaning">How the column says it.</param>
    /// <param name="value">What stands in it.</param>
    /// <returns>Whether it does; null if it stands where yes or no should, and is neither.</returns>
    public static bool? IsOptOut(OptOutMeaning meaning, string value)
    {
        if (s_link.IsMatch(value))
        {
            return false;
        }

        var cell = OptOutWords.WordOf(value);
        if (cell is "noconsent"
            || Refusals.IsNoThanks(cell)
            || OptOutWords.AreIn(cell)
            || OptOutWords.FindAlone(value) is not null)
        {
            // Some programs write the word where others write yes or no.
            return true;
        }

        return meaning switch
        {
            OptOutMeaning.LifeStatus => OptOutWords.IsDead(cell),
            OptOutMeaning.StatusOrNo => ReadAnswer(value) == false || Refusals.Are(cell) || s_never.IsMatch(cell),
            OptOutMeaning.Status => s_complained.IsMatch(cell),
            _ when cell is "" or "n/a" or "none" or "null" => false,
            _ when s_subscribed.IsMatch(cell) || OptOutWords.AreDenied(cell) => false,
            OptOutMeaning.Filled =>
                YesNo.Read(value) != false && !IsNever(cell) && !IsNoDate(value) && !OptOutWords.IsAlive(cell),
            _ when Refusals.IsNotSubscribed(cell) => true,
            OptOutMeaning.Death when OptOutWords.IsAlive(cell) => false,
            OptOutMeaning.Death when OptOutWords.IsDead(cell) => true,
            OptOutMeaning.Yes or OptOutMeaning.Death when cell is "[]" or "{}" => false,
            OptOutMeaning.Yes or OptOutMeaning.Death when IsNoWithWish(value) => null,
            OptOutMeaning.Yes or OptOutMeaning.Death =>
                ReadAnswer(value)
                ?? (IsNever(cell) || IsNoDate(value) ? false
                    : IsDate(value, cell) || s_everyMail.IsMatch(cell) || s_initials.IsMatch(cell) ? true
                    : null),
            _ when Refusals.Are(cell) || s_neverSubscribed.IsMatch(cell) => true,

            // The date of the consent, what it is to or where it was given, in place of yes.
            _ when IsAgreement(value) || IsDate(value, cell) || ChannelChoice.HasMail(value)
                || s_kept.IsMatch(cell) || s_active.IsMatch(cell) || s_source.IsMatch(cell) => false,
            _ => !ReadAnswer(value),
        };
    }

    // A yes with an objection behind it is none.
    private static bool? ReadAnswer(string value) =>
        YesNo.Read(value)
        ?? (s_answer.Match(value) is { Success: true } answer
            && YesNo.Read(answer.Groups[1].Value) is var isYes
            && !(isYes == true && s_objection.IsMatch(answer.Groups[2].Value))
                ? isYes
                : null);

    /// <summary>
    /// Reads what somebody has answered to a question whether messages are wanted, also in several words: "No, I do not
    /// agree", "Rather not".
    /// </summary>
    /// <param name="value">What stands in the cell.</param>
    /// <param name="isPlain">
    /// Whether a yes or a no stands there, which has to be read with the question. Otherwise the cell says by itself
    /// that no messages are wanted.
    /// </param>
    /// <returns>Whether it is a yes; null if it is neither.</returns>
    public static bool? ReadAnswer(string value, out bool isPlain)
    {
        isPlain = true;
        if (YesNo.Read(value) is { } isYes)
        {
            return isYes;
        }

        var cell = OptOutWords.WordOf(value);
        if (s_link.IsMatch(value))
        {
            return null;
        }

        if (value.Length < LongestAnswer && !OptOutWords.AreDenied(cell)
            && (Refusals.AreSaid(value, cell) || OptOutWords.AreIn(cell)))
        {
            isPlain = false;
            return false;
        }

        return ReadAnswer(value);
    }

    // "No, thank you very much" and "No - please stop".
    private static bool IsNoWithWish(string value) =>
        YesNo.Read(value) is null
        && ReadAnswer(value) == false
        && (s_wish.IsMatch(value) || s_objection.IsMatch(s_answer.Match(value).Groups[2].Value));

    // In brackets behind it stands how it was said: "Opted in (double)".
    private static bool IsAgreement(string value)
    {
        if (s_objection.IsMatch(value))
        {
            return false;
        }

        var bracket = value.IndexOf('(');
        var cell = OptOutWords.WordOf(bracket > 0 ? value.Substring(0, bracket) : value);
        return s_agreed.IsMatch(cell) || s_wanted.IsMatch(cell) || (bracket > 0 && s_subscribed.IsMatch(cell));
    }

    /// <summary>
    /// Tells whether it is not clear what stands in a column where yes or no may stand, beside much else: "inactive",
    /// "never subscribed", a denial with other words behind it, or a word of a language that is not known. A number may
    /// be that of a list, and several words its name.
    /// </summary>
    public static bool IsUnclear(string value) =>
        OptOutWords.WordOf(value) is { Length: > 0 and < LongestWord } cell
        && (s_neverSubscribed.IsMatch(cell) || IsDenial(value, cell) || IsUnclearWord(value, cell));

    private static bool IsDenial(string value, string cell) =>
        s_denial.IsMatch(value) && !s_nothing.IsMatch(cell) && !OptOutWords.AreDenied(cell);

    private static bool IsUnclearWord(string value, string cell) =>
        cell.Length < 20
        && cell != "pending"
        && !value.Any(char.IsDigit)
        && !value.Trim().Any(char.IsWhiteSpace)
        && YesNo.Read(value) is null
        && !s_kept.IsMatch(cell)
        && !s_everyMail.IsMatch(cell)
        && !s_active.IsMatch(cell)
        && !s_subscribed.IsMatch(cell)
        && !s_agreed.IsMatch(cell)
        && !s_wanted.IsMatch(cell)
        && !OptOutWords.AreDenied(cell)
        && !s_link.IsMatch(value);

    // The first day of a program's calendar: 1900-01-01, 1970-01-01. Nobody had e-mail then. And the end of time, by
    // which others say that it has not been yet. A cell with a zero such as 0000-00-00 counts as empty before.
    private static bool IsNoDate(string value) =>
        s_endOfTime.IsMatch(value)
        || ReadDate(value) is { Year: <= 1970 or 9999 };

    private static bool IsDate(string value, string cell) =>
        ReadDate(value) is not null || s_dateNumber.IsMatch(cell);

    private static DateTime? ReadDate(string value) =>
        DateTime.TryParse(value, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out var date)
        || DateTime.TryParseExact(
            value.Trim(), s_dayFirst, CultureInfo.InvariantCulture, DateTimeStyles.None, out date)
            ? date
            : null;

    private static bool IsNever(string cell) => s_never.IsMatch(cell) || s_none.IsMatch(cell);

    private static Regex Whole(params string[] words) => new(
        "^(" + string.Join("|", words) + ")$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture);
}
