using System.Text.RegularExpressions;

namespace WixInbox.Rows;

/// <summary>What stands in a cell where somebody chooses among the ways to be reached.</summary>
internal static class ChannelChoice
{
    /// <summary>The names of channels that are no mail, each as a program has it.</summary>
    public const string Names = "(sms|mms|rcs|((web|mobile) ?)?push|whats ?app|telegram|viber|wechat)s?";

    private const int LongestList = 200;

    private const string By = "((by|via|per|par|por|only|nur|seulement|solo) )*";
    private const string Only = "( (only|nur|seulement|solo))?";

    // Each as somebody chooses it.
    private static readonly Regex s_other = new(
        $"^{By}"
            + $"({Names}|texts?( messages?)?|(tele)?phone( calls?)?|calls?|mobile( phone)?|cell( phone)?|landline|fax"
            + "|telefon(isch)?|handy|anruf|téléphone|appels?|teléfono|llamadas?|telefono|telefoon|telefonisch"
            + "|post(al( mail| service)?)?|(direct|snail|postal|paper) mail|letters?|paper|in writing|in person"
            + "|brief(post)?|papier|postalisch|persönlich|courrier( postal)?|correo postal|carta|posta|lettera"
            + $"|customized online advertising){Only}$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture);

    // A mail alone may be one of paper.
    private static readonly Regex s_mail = new(
        $"^{By}(e ?mails?|e ?mail adresse|courriels?|correos? electr[óo]nicos?|posta elettronica){Only}$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture);

    private static readonly Regex s_none = new(
        "^(none|none of (these|the above|them)|neither|never|no|not at all|nothing|no contact|no thanks?( you)?"
            + "|keine[rsn]?|gar ?nicht|nie(mals)?|nein|kein kontakt|überhaupt nicht|aucun(e)?|jamais|non"
            + "|ningun[oa]|ningún|nunca|nessun[oa]|mai|geen|nooit|nee|nenhum(a)?|n[ãa]o)$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture);

    private static readonly Regex s_between = new(
        @"[,;|/&+\r\n]+|\s(and|or|und|oder|et|ou|y|o|e|en|of)\s",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture);

    /// <summary>Tells whether a text names other channels, and nothing else: "Post", "Phone, SMS".</summary>
    public static bool AreOthers(string text) => In(text) is { Length: > 0 } ways && ways.All(s_other.IsMatch);

    /// <summary>Tells whether a text names mail, alone or among other channels: "Email; SMS".</summary>
    public static bool HasMail(string text) =>
        In(text) is { Length: > 0 } ways
        && ways.Any(s_mail.IsMatch)
        && ways.All(way => s_mail.IsMatch(way) || s_other.IsMatch(way));

    /// <summary>Tells whether a text says that somebody has chosen none of them.</summary>
    public static bool IsNone(string text) =>
        text.Length < LongestList && s_none.IsMatch(ColumnNames.WordsOf(text).Trim());

    private static string[] In(string text) => text.Length >= LongestList
        ? []
        :
        [
            .. s_between.Split(text).Select(part => ColumnNames.WordsOf(part).Trim()).Where(words => words.Length > 0),
        ];
}
