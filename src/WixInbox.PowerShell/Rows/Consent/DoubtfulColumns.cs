using System.Text.RegularExpressions;

namespace WixInbox.Rows;

/// <summary>The columns that seem to say who wants no messages, known by words in their names.</summary>
internal static class DoubtfulColumns
{
    // Yes and no of something else, such as "Email verified" and "Mailing address is the same".
    private static readonly Regex s_ofOther = new(
        "^has|verif|valid|bounc|confirm|deliver|(?<!con)sent|open|click|address|adress|exist|primary|qualif"
            + "|(?<!cor)respon"
            + "|country|province|region|language|locale|sprache|langue|idioma|^lingua|lingua$"
            + "|mailing(street|city|state|zip|post)|sameas|unread|(?<!ac|dis)count|number|total|untilnextupdate"
            + "|(^|promotions?|discounts?|coupons?|codes?|credits?|vouchers?)used"
            + "|source$|^clean(ed)?campaign|bad$|accountalerts"
            + "|gift|welcome|freee?mail|dispos|voicemail",
        RegexOptions.CultureInvariant);

    // What is asked for nevertheless: "Would you like to hear from us about your address?"
    private static readonly Regex s_wanted = new(
        "hear(ing)?from|receiv(e|ing)(?!d)|be(ing)?contacted|contactyou|keep(me|us)|(stay|remain)(on|in)"
            + "|recevoir|erhalten|recibir|ricevere|receber|ontvangen",
        RegexOptions.CultureInvariant);

    // What is sent to somebody who has bought something, whatever is done with it.
    private static readonly Regex s_bills = new(
        "receipt(?!of)|invoice|(statement|ticket|voucher)s?(by|via|per)?e?mail|quittung"
            + "|rechnung|facture|factura|recibo(?!e?mail|correo)|fattura|ricevuta|factuur|fatura",
        RegexOptions.CultureInvariant);

    private static readonly Regex s_advertising = new(
        "marketing|newsletter|promo|offer|news|werb|publi", RegexOptions.CultureInvariant);

    // Whether a mail has come, whether a picture may be in a newsletter, and what somebody has written.
    private static readonly Regex s_ofOtherThings = new(
        "^(have|did|had)(you|they|he|she|we)(ever|already|not)?(receiv|got|get|read|seen?|hear|open)"
            + "|^(haben|hast|habt)(sie|du|ihr).*(?<!zu)(erhalten|bekommen|gelesen)$|^avezvous(bien|déjà)?(reçu|lu)"
            + "|^¿?has?recibido|^hai?(già)?ricevuto|^(heeft|heb)(u|je).*(?<!te)ontvangen$|^(já)?recebeu"
            + "|^(?!.*(e?mail|marketing)).*(photo|foto|picture|image|video|bilder).*(use|using|publi|appear|print"
            + "|featur|includ|verwend|veröffentlich|utilis|usar|usad|utilizz|pubblic|gebruik)"
            + "|^(the|your|my|personal|private|guest|host|customer|client|visitor|last|first|original)*"
            + "(message|nachricht)$|^(kunden|gäste|gast|ihre|deine)nachricht$"
            + "|^any(other)?messages?$|anymessages?(for|to)|^messages?(for|to)(the|us|our|me)"
            + "|(message|nachricht)(from(?!us)|text|body|subject|content|id$|vo[nm](?!uns))",
        RegexOptions.CultureInvariant);

    // Things that are counted, where their name stands alone.
    private static readonly Regex s_counted = Whole(
        "(new|all)?(messages|nachrichten|campaigns|kampagnen|offers|updates|deals|news)");

    // What does not come by mail: "Accepts SMS Marketing", "Messages by WhatsApp".
    private const string Device = "(sms|mms|whatsapp|push|text|mobile|phone|fax)";
    private const string Sent = "(marketing|messag(e|ing)|campaign|nachricht|notification|promotion|advert)";

    private static readonly Regex s_byDevice = new(
        $"{Device}{Sent}|{Sent}s?(by|via|per|over)?{Device}", RegexOptions.CultureInvariant);

    // Those that say it with a yes, if they do: of nearly everybody they say no.
    private static readonly Regex s_refusals = Whole(
        "abmeldung", "afmelding", "uitschrijving", "baja", "blocked", "banned", "stop", "dnm", "dne", "complained",
        "complaint", "objected", "gesperrt", "widerspruch", "widerruf", "opposition", "refus", "revocato",
        "bloquead[oa]", "geblokkeerd", "remov(al|e)request(ed)?", "requestedremoval", "(marked|reported)(as)?spam",
        "exclud(e|ed)", "exclusions?", "ausgeschlossen", "exclue?", "excluid[oa]", "esclus[oa]", "uitgesloten",
        "suppress(ion)?s?", "noappeals?", "keinespendenaufrufe?", "pasd['’]appelauxdons", "versandsperre",
        "spendersperre", "emails?inactive", "inactiveemail", "emailinaktiv", "emailinacti(f|v[oa])");

    // And what somebody is asked, or has, who may say no.
    private static readonly Regex s_questions = new(
        "(may|can|could|should)(we|i)(contact|send|write|mail|email|inform|keep|tell)|stayintouch"
            + "|keep(me|us|you)?(informed|updated|posted|uptodate|intouch)"
            + "|(receiv(e(?!d)|ing)|send(me|us|you)).*(updates?|offers?|news|deals|information|invitations?)"
            + "|^(special|exclusive|latest|our)?(news|offers|updates|deals)"
            + "((and|&)?(special|exclusive)?(news|offers|updates|deals|events))?$"
            + "|^(receives?|wants?|accepts?)?(our)?(electronic|written)?correspondence$|^(okto|can|may)?solicit$"
            + "|^(receives?|wants?|accepts?)(electronic)?communications?$|^electronic(communication|message)s?$"
            + "|recevoir|recibir|ricevere|receber|(angebote|neuigkeiten|infos?)(erhalten|zusenden|bekommen)",
        RegexOptions.CultureInvariant);

    // And where somebody chooses among the ways to be reached: "Preferred contact method", "Marketing Permissions".
    private static readonly Regex s_choices = new(
        "(contact|communications?|channels?|mail(ing)?|marketing|messaging)(preferences?|permissions?|choices?)$"
            + "|prefer(red|s|ence)?(?!.*(number|time|language|day|name))"
            + ".*(contact|communication|correspondence|channel)"
            + "|(bevorzugt|gewünscht).*(kontakt|kommunikation)|kontakt(präferenz|wunsch|weg)"
            + "|(mode|moyen|canal).*(contact|communication)|contactpréféré"
            + "|(canal|medio|método|forma).*(contacto|comunicación)|contactopreferido"
            + "|(canale|metodo|modalità).*contatto|contattopreferito|voorkeur.*contact|contactvoorkeur",
        RegexOptions.CultureInvariant);

    // Words of columns that may say who wants messages, if they have a yes or a no. Not Bewerber, Gewerbe, Wettbewerb.
    private static readonly Regex s_aboutMails = new(
        "mail|marketing|newsletter|campaign|kampagne|message|nachricht|subscribed|opt(ed)?in|promotions|advert"
            + "|(?<!be|ge|er)werb|(may|can|okto|allow)contact|contact(allowed|permission)|kontakt(aufnahme)?erlaubt"
            + "|suscripción|subskrypcj|подписк|подписан|订阅|訂閱|hozzájárul"
            + "|publicidad|publicité|pubblicità|nieuwsbrief|^(gdpr|dsgvo|rgpd|contactme)$",
        RegexOptions.CultureInvariant);

    // The same as a question, to which none is an answer.
    private static readonly Regex s_ways = new(
        "how(would|should|can|may|do|shall).*(contact|hear|reach|communicate)"
            + "|wie(dürfen|sollen|können|möchten).*(kontakt|erreich|inform|hören)"
            + "|comment(souhaitez|pouvons|voulez|préférez).*(contact|joindre|inform)"
            + "|c[óo]mo(desea|prefiere|quiere|podemos|deseja|prefere|quer).*(conta[ct]|comunic|inform)"
            + "|come(desidera|preferisce|possiamo|vuole).*(contatt|inform)"
            + "|hoe(wilt|mogen|kunnen|wil).*(contact|bereik|benader|inform)",
        RegexOptions.CultureInvariant);

    /// <summary>
    /// Finds out what in a column, which is none of those that are known, may mean that somebody wants no messages.
    /// </summary>
    public static Doubts DoubtsOf(string column)
    {
        var name = ColumnNames.Normalize(column).TrimEnd('?');
        return OptOutColumns.IsOfOptOut(name) ? Doubts.Filled
            : DeathColumns.MaySay(name) ? Doubts.Death
            : s_ways.IsMatch(name) ? Doubts.OtherChannels | Doubts.NoChannel
            : (s_choices.IsMatch(name) ? Doubts.OtherChannels : Doubts.None) | AnswersOf(column, name);
    }

    private static Doubts AnswersOf(string column, string name)
    {
        if (s_ofOtherThings.IsMatch(name) || (s_bills.IsMatch(name) && !s_advertising.IsMatch(name)))
        {
            return Doubts.None;
        }

        var rest = OtherChannels.IsMail(column) ? name : s_byDevice.Replace(name, string.Empty);
        var doubts = Wishes.AnswersOf(name) is { } wish && (!s_ofOther.IsMatch(name) || s_wanted.IsMatch(name)) ? wish
            : s_ofOther.IsMatch(name) || OtherChannels.IsCalls(column) ? Doubts.None
            : s_refusals.IsMatch(name) ? Doubts.Yes
            : s_aboutMails.IsMatch(rest) ? Doubts.Yes | Doubts.No
            : s_questions.IsMatch(rest) ? Doubts.No
            : Doubts.None;
        return doubts == Doubts.None || s_counted.IsMatch(name) ? doubts : doubts | Doubts.Numbers;
    }

    private static Regex Whole(params string[] names) => new(
        "^(is|has)?(" + string.Join("|", names) + ")$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture);
}
