using System.Text.RegularExpressions;

namespace WixInbox.Rows;

/// <summary>
/// The words by which somebody refuses what the column of the cell is about: consent, messages, a newsletter.
/// </summary>
internal static class Refusals
{
    private const int LongestWord = 40;

    // Said in any other column, it may be of something else.
    private static readonly Regex s_notSubscribed = Whole(
        "not(subscribed|optedin|consented)", "nonsubscribe[dr]", "not(a)?subscriber", "nooptin",
        "nicht(mehr)?(abonniert|angemeldet|eingewilligt|zugestimmt)", "(non|pas)(abonné|inscrit)e?",
        "no(suscrit|inscrit)[oa]", "noniscritt[oa]", "niet(aangemeld|ingeschreven|geabonneerd)",
        "n[ãa]o(inscrit|subscrit)[oa]");

    private static readonly Regex s_refused = Whole(
        "denied", "refused?", "declined?", "rejected", "withdrawn", "revoked", "cancell?ed", "stop(ped)?", "removed",
        "donotwant", "notwanted",
        "complain(ed|t)", "spam", "gekündigt", "résiliée?", "cancelad[oa]", "disdett[oa]", "opgezegd",
        "verweigert", "abgelehnt", "widerrufen", "widersprochen", "(refus|retir|révoqu)ée?",
        "(rechazad|denegad|retirad|revocad)[oa]", "(rifiutat|negat|ritirat|revocat)[oa]", "geweigerd", "ingetrokken",
        "(recusad|negad|revogad)[oa]");

    // The words for no in several languages, as they stand in front of what is not wanted, and what that is: "not
    // interested", "kein Interesse", "non souhaité". What has been said may go on.
    private static readonly Regex s_notWanted = Start(
        "(i|he|she|they)?((am|is|are|was|do(es)?|did|has|have|would|will|can)(not|n['’]?t)|not?|nolonger)"
            + "(yet|any|longer|at?all)?"
            + "(interest|want|wish|desire|wouldlike|consent|optin|opt(ed)?in|signedup)",
        "(i|he|she|they)?((do(es)?|did|can|will|would)(not|n['’]?t)|cannot)"
            + "(agree|accept|authori[sz]e|permit|liketo|giv(e|ing)(my|any)?(permission|consent))",
        "(i)?(disagree|object(to|$|ed$))",
        "((i|we)?(would|['’]?d)?)(rather|prefer)not"
            + "(?!(to)?(say|answer|disclose|state|share|respond|specify|tell|give))",
        "(nicht|keine?)(mehr)?(er|ge)wünscht", "(nicht|keine?n?)(weiteres?)?(interess|einwillig|zustimm|kontakt$)",
        "(ich|wir)?(möchten?|wollen|will|wünscht|wünschen?)(das|dies|es)?(bitte)?(nicht|keine?)",
        "(ich)?(bin)?(damit)?nicht(mehr)?einverstanden", "ich(stimme|willige)(dem|hier)?nicht", "(lieber|eher)nicht",
        "(ich)?(widerspreche|lehne.*ab$)", "(non|pas)(souhait|désir|intéress|voulu)",
        "(je)?(ne)?(souhaite|désire|veut|veux)(pas|plus)", "no(le|me)?(dese|quier|interes|consient)",
        "(je)?n['’]?(accepte|autorise)(pas|plus)", "je(refuse|m['’]?oppose)",
        "(je)?(ne|n['’])?(suis)?pasd['’]?accord",
        "plutôt(pas|non)", "no(acepto|autorizo|estoydeacuerdo|doymi)", "prefierono(?!(decir|contestar))",
        "(me)?opongo",
        "(niet|geen)(meer)?(gewenst|interesse|geïnteresseerd|toestemming)",
        "(ik)?(wil|wens)t?(dit|dat|het)?(niet|geen)",
        "(ik)?(ga|ben)?(hier(mee)?)?niet(mee)?(akkoord|eens$)", "lieverniet",
        "non(acconsent|interessat|desider|vuole|voglio|consens|accetto$|autorizzo|sonod['’]?accordo)",
        "preferi(sco|rei)(di)?no(n|$)", "(mioppongo|rifiuto)$",
        "(eu)?n[ãa]o(desej|quer|interess|consent|autoriz|aceito|concord)", "prefiron[ãa]o(?!(dizer|responder))",
        "(eu)?(discordo|recuso)$",
        "seminteresse", "ikke(ønsk|interess|samtykke)", "ønskerikke", "inte(önsk|intress|samtyck)",
        "(önskar|vill)inte", "לא(מעוניי?נ|מעוניין|מאשר|רוצה|מסכי)",
        "не(хоч|желае|подписан|соглас|интерес)",
        "nie(wyraża|wyrażono|chc|zgadza|życz)", "brakzgody", "nechc", "nesouhlas", "nesúhlas", "nemkér", "nemakar",
        "eihalua", "istemiyor");

    // What was asked for and not given, in whole cells: of a plan such words may begin much else.
    private static readonly Regex s_notGiven = Whole(
        "(was|is|has(been)?)?not(yet)?(accepted|agreed|given|granted|permitted|allowed|approved|confirmed|wanted)",
        "no(permission|agreement)(given)?", "(noch)?nicht(erteilt|bestätigt|erlaubt|akzeptiert|angenommen|genehmigt)",
        "(non|pas)(encore)?(accepté|accordé|confirmé|donné|autorisé)e?",
        "no(aceptad|otorgad|confirmad|autorizad|dad)[oa]", "non(accettat|confermat|concess|autorizzat|dat)[oa]",
        "niet(verleend|bevestigd|toegestaan|akkoord|geaccepteerd)", "n[ãa]o(aceit|concedid|confirmad|autorizad)[oa]",
        "(配信|送信|受信|購読|送付)(を?希望)?(しない|不要|不可|拒否)", "受け取らない");

    private static readonly Regex s_noThanks = Whole(
        "(no|nein|non|nee|nej|n[ãa]o)[,.!]?"
            + "(thanks?(you)?|thx|danke|merci|gracias|grazie|obrigad[oa]|bedankt|dank(je|u)(wel)?|tack)");

    // And those that go on without a comma.
    private static readonly Regex s_sentence = new(
        @"^\s*(no|nein|non|nee|n[ãa]o)[\s,;:.!(–—-]+"
            + @"(i|ich|je|j['’]|yo|io|ik|eu|only|nur|seulement|solo|alleen|só)\b",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture);

    /// <summary>Tells whether a cell is a refusal where the column asks for one.</summary>
    /// <param name="cell">The cell, as <see cref="OptOutWords.WordOf"/> gives it.</param>
    public static bool Are(string cell) =>
        s_notSubscribed.IsMatch(cell) || s_refused.IsMatch(cell) || s_notWanted.IsMatch(cell)
        || s_notGiven.IsMatch(cell);

    /// <summary>Tells whether a cell says of nothing else that somebody has not subscribed.</summary>
    /// <param name="cell">The cell, as <see cref="OptOutWords.WordOf"/> gives it.</param>
    public static bool IsNotSubscribed(string cell) => s_notSubscribed.IsMatch(cell);

    /// <summary>Tells whether a text says that somebody has not subscribed to what its column is about.</summary>
    public static bool IsNotSubscribedIn(string value) =>
        value.Length is > 5 and < LongestWord && s_notSubscribed.IsMatch(OptOutWords.WordOf(value));

    /// <summary>Tells whether a cell is a no with thanks.</summary>
    /// <param name="cell">The cell, as <see cref="OptOutWords.WordOf"/> gives it.</param>
    public static bool IsNoThanks(string cell) => s_noThanks.IsMatch(cell);

    /// <summary>
    /// Tells whether somebody says in words that something is not wanted. A word alone, such as declined, may be said
    /// of a plan.
    /// </summary>
    /// <param name="value">What stands in the cell.</param>
    /// <param name="cell">The same, as <see cref="OptOutWords.WordOf"/> gives it.</param>
    public static bool AreSaid(string value, string cell) =>
        s_noThanks.IsMatch(cell) || s_notWanted.IsMatch(cell) || s_sentence.IsMatch(value);

    private static Regex Whole(params string[] words) => new(
        "^(" + string.Join("|", words) + ")$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture);

    private static Regex Start(params string[] words) => new(
        "^(" + string.Join("|", words) + ")", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture);
}
