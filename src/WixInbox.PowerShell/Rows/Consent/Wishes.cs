using System.Text.RegularExpressions;

namespace WixInbox.Rows;

/// <summary>
/// The names of columns that are a sentence, as forms have them: somebody is asked for messages, to which no is the
/// answer that matters, or ticks a box against them.
/// </summary>
internal static class Wishes
{
    // What the sentence is about, in each of the languages.
    private const string English = "(contact|e?mail|hear|newsletter|messag|inform|update|marketing|communicat"
        + "|correspond|solicit|notif|promotion|advert|news|offers)";

    private const string German = "(kontakt|mail|inform|schreib|schrieb|nachricht|newsletter|werbung|neuigkeit|angebot"
        + "|hören|benachricht)";

    private const string French = "(contact|inform|écri|mail|courriel|newsletter|nouvelles|actualité|offres|recevoir"
        + "|sollicit)";

    private const string Spanish = "(contact|inform|escrib|correo|mail|bolet|noticia|novedad|oferta|recib|publicidad)";
    private const string Italian = "(contatt|inform|scriv|mail|newsletter|notizi|novità|offert|ricev|pubblicit)";
    private const string Dutch = "(contact|inform|mail|nieuwsbrief|bericht|schrijv|benader|hoogte|ontvang|reclame)";
    private const string Portuguese = "(conta[ct]|inform|escrev|mail|newsletter|notícia|novidade|oferta|receb"
        + "|publicid)";

    // That of a call or of a letter alone.
    private static readonly Regex s_otherWay = new(
        "(by|via|per|par|por|over|with|through|über)(the|e)?((tele)?(phone|fon|fono|foon)|téléphone|sms|texts?|post"
            + "|whatsapp|letter|fax|calls?|brief|courrier)|telefonisch|anrufen",
        RegexOptions.CultureInvariant);

    private static readonly Regex s_against = new(
        $"((do(es)?|did|would)(not|n['’]?t)(wish|want|like|agree|consent)|nolonger(wish|want)|(rather|prefer)not)"
            + $".*{English}"
            + "|(not|never)(to)?be(contacted|e?mailed|written|informed)"
            + "|stop(sending|contacting|e?mailing|receiving|writing)"
            + $"|(möcht|wünsch|will|woll).*(nicht|keine).*{German}"
            + $"|{German}.*(nichtmehr|nicht)(erhalten|bekommen|werden)"
            + $"|n['’e]?(souhait|veu|désir|accept|voul|autoris)[a-zé]*(pas|plus).*{French}"
            + $"|no(deseo|desea|quier|acepto|autorizo|megustaría|consiento).*{Spanish}"
            + $"|non(desider|voglio|vuole|vorre|accett|acconsent|autorizz).*{Italian}"
            + $"|(wil|wens)t?.*(niet|geen).*{Dutch}"
            + $"|n[ãa]o(desej|quer|aceit|autoriz|gostari|concord).*{Portuguese}",
        RegexOptions.CultureInvariant);

    // Such a wish is often only for something to be received, such as a gift.
    private static readonly Regex s_for = new(
        "(agree|consent|like|love|want|wish|happy|glad|pleased|willing|okay|oktobe|interested)(s|d|ing)?.*"
            + "(hear(ing)?from(?!about)|(be|being)(re)?(contacted|e?mailed|informed|notified|messaged|updated)"
            + "|(stay|remain|be|keep)(ing)?(on|in)(the|our|your|a)?(e?mail|mailing|contact|touch|loop|list|newsletter)"
            + "|receiv(e|ing).*" + English + "|(get|subscribe).*(newsletter|e?mail|updates))"
            + "|(may|can|could|should)(we|i)(contact|write|mail|email|inform|keep|tell)(to)?(you|me)"
            + "|keep(me|us)(informed|updated|posted|uptodate|intouch)"
            + "|^(i|we)(agree|consent|accept|authori[sz]e|givemy|givepermission|allow|permit).*" + English
            + "|^(do|would|are|may|can|could|shall|should|will)(you|we|it|(?<!do)i)"
            + ".*(e?mail|newsletter|marketing|messages)"
            + $"|(dürfen|können|sollen|möchten)wir.*(ihnen|sie|dich|dir|euch).*{German}|einverstanden.*{German}"
            + $"|(möchten|wollen|wünschen)sie.*{German}|ich(möchte|wünsche|willige|stimme|will|erlaube).*{German}"
            + "|(souhait|voulez|jeveux|j['’]?accept|acceptez|désir|aimeri|autoris|d['’]accord|pouvonsnous)"
            + $".*{French}"
            + $"|(dese[aoe]|quier|acept|autoriz|podemos|gustaría|deacuerdo|consient).*{Spanish}"
            + $"|(desider|vuole|vorre|voglio|accett|acconsent|autorizz|possiamo|d['’]accordo|piacer).*{Italian}"
            + $"|^(wil|mogen|mag|ik|gaat|bent).*{Dutch}"
            + $"|(desej|quer(o|em|ia)|aceit|autoriz|podemos|gostari|concord).*{Portuguese}",
        RegexOptions.CultureInvariant);

    // A sentence with a denial may be a wish for none: "I would like not to receive …".
    private static readonly Regex s_denied = new(
        "(?<!a)not(?!i|e|a)|n['’]t|never|nolonger|no(e?mail|marketing|newsletter|more|further|contact)|receiveno"
            + "|plus|pas|nicht|kein|non|norec|nãorec|naorec|niet|geen|nunca",
        RegexOptions.CultureInvariant);

    // To be asked whether one wants no more is to be asked the other way round.
    private static readonly Regex s_reversed = new(
        "unsub|optout|optedout|remov|stop|abmeld|abbestell|désabonn|désinscri|desuscri|debaja|disiscri|cancell|afmeld"
            + "|uitschrij|object|withdr|widerruf|widersprech|oppos|address|adress|verif|how|where",
        RegexOptions.CultureInvariant);

    /// <summary>Finds out what the answer to a sentence is by which somebody may want no messages.</summary>
    /// <param name="name">The name of the column, as <see cref="ColumnNames.Normalize"/> gives it.</param>
    /// <returns>A yes, a no, or both where that is not clear; null where the name is no such sentence.</returns>
    public static Doubts? AnswersOf(string name) =>
        s_otherWay.IsMatch(name) && !name.Contains("mail") ? null
        : s_against.IsMatch(name) ? Doubts.Yes
        : s_for.IsMatch(name) && !s_reversed.IsMatch(name)
            ? s_denied.IsMatch(name) ? Doubts.Yes | Doubts.No : Doubts.No
        : null;
}
