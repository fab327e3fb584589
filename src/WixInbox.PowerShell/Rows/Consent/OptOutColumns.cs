using System.Text.RegularExpressions;

namespace WixInbox.Rows;

/// <summary>
/// The columns by which exports say who wants no messages, known by their names: those that say it for sure, and those
/// that seem to.
/// </summary>
internal static class OptOutColumns
{
    // Words that occur only in the names of consent columns.
    private static readonly string[] s_consentWords =
    [
        "unsub", "optout", "optedout", "consent", "suppress", "donotcontact", "donotemail", "donotmail",
        "donotsend", "donotmarket", "donottext", "donotmessage", "emailsubscri", "blocklist", "blacklist",
        "donotallow", "abgemeldet", "abbestellt", "einwillig", "toestemming", "consenso", "nichtkontakt",
        "nepascontact", "désinscri", "désabonn", "disiscri", "descadastr", "robinsonlist",
        "listarobinson", "kontaktsperre", "sperrliste", "sperrvermerk", "listenoire", "listanera", "listanegra",
        "zwartelijst", "spamcomplain", "righttoobject", "erasurerequest", "removefromlist",
        "optinout", "optin/out", "optinorout", "optstatus", "dndstatus", "dndchannel", "dndsettings",
        "samtykke", "samtycke", "suostumus",
    ];

    // And what is left of such a word where its accents were misread: "D‚sabonn‚", "DÃ©sinscrit".
    private static readonly string[] s_misreadWords = ["dsabonn", "dsinscri"];

    // The ends of the names of columns with what every mail has at its foot.
    private static readonly string[] s_linkWords = ["link", "url", "href", "token"];

    private static readonly char[] s_brackets = ['(', '['];

    // The second column of a name, and one of a table with a short name: "Unsubscribed 2", "OptOut_1", "c.OptOut".
    private static readonly Regex s_copy = new(
        @"^(?:\p{L}{1,2}\.)?(\p{L}.*?)\d{0,2}$", RegexOptions.CultureInvariant);

    // The table of a field, and the ending that Salesforce gives to a field that its customer or a package has made,
    // with the package in front: "Contact: Email Opt Out", "Person - Newsletter", "Email_Opt_Out__c",
    // "npsp__Do_Not_Contact__c".
    private static readonly Regex s_table = new(
        @"^\s*(?:(?:contact|person|people|lead|customer|member|user|subscriber|recipient|client|account|guest|donor"
            + @"|constituent|individual|supporter)s?"
            + @"\s*(?::|\.|\s-\s))?\s*(?:[a-z][a-z0-9]*__(?=.+__p?c\s*$))?(.+?)(?:__p?c)?\s*$",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase);

    // What such columns name, in any order with the words for it: "Newsletter opt-in", "Opted in to marketing emails".
    private const string Mails = "(all|bulk|global|primary)?(email|mail|mailing|marketing|newsletter"
        + "|emailmarketing|marketingemail|emailnewsletter)s?";

    // What is sent to many, which has a status of its own: that of the mailing.
    private const string ManyMails = $"({Mails}|(mass|promotional)(e?mail|mailing)s?|emailblasts?)";

    // The same in front of a colon: "Email Marketing: Status".
    private static readonly Regex s_topic = new(
        $"^(?<topic>{Mails})[:.](?=.)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture);

    // What a mail is in Hebrew, behind the word for the consent to it.
    private const string HebrewMails =
        "(ל?קבלת|לקבל)?[לבמ]?(דיוור|דואל|מיילים|ניוזלטר|פרסומ(ים|ות)|עדכונים)(שיווקי|פרסומי)?";

    private const string OutWords = "(unsub|unsubscribed?|optout|optedout)";

    // Consent to something else than messages.
    private static readonly Regex s_consentToOther = new(
        "photo|foto|picture|video|filming|cookie|sepa|debit|medical|treatment|surg|vaccin"
            + "|^(?!.*(unsub|opt(ed)?(in)?out|suppress|donot|block|black))"
            + ".*(medicat|firstaid|dental|media(?!t)|image|likeness|trip|travel|excursion|(?<!r|c)outing|transport"
            + "|swim)",
        RegexOptions.CultureInvariant);

    // When and where somebody consented is known of those who did, and says nothing of the others.
    private static readonly Regex s_ofConsent = new(
        "consent(timestamp|source|method|ip(address)?|version)$", RegexOptions.CultureInvariant);

    // How somebody opted out is known of those who did.
    private static readonly Regex s_ofOptOut = Whole(
        $"(confirmed)?({Mails})?{OutWords}"
            + "((mode|source|method|by|campaign|type|ip)(id|title|name)?|reason(other|text|details?))");

    // The columns by which exports say that somebody wants no messages, and what they then say: by their letters and
    // digits alone, without a verb such as is or has at the beginning.
    private static readonly (OptOutMeaning Meaning, Regex Names)[] s_optOuts =
    [
        (OptOutMeaning.Status, Whole(
            "((email|mail|mailing)s?|contact|member|list|global)?status", "(subscriber|subscription)?state",
            "subscriptions?", $"({Mails})?suppressions?", "bulkemails?",
            "suscripci[óo]n", "subskrypcja", "подписка", "订阅", "訂閱",
            "statut", "estado", "stato", "статус", "ステータス", "状态", "狀態", "상태", "סטטוס",
            $"{Mails}preferences?", "mailinglists?", "(audience|label|tag|group|list|segment)s?")),
        (OptOutMeaning.StatusOrNo, Whole(
            $@"({Mails}\.?)?(subscriber|subscription|permission|optin)status",
            $"{Mails}status",
            $"{Mails}(permission|subscription)s?",
            $"({Mails})?subscribe", $"subscribe(to|for){Mails}",
            "subscriber", "newsletter", "emailmarketing", "contactable", "kontaktierbar", "suscrit[oa]",
            "estadodesuscripci[óo]n", "statutd?abonnement", "abostatus",
            "(newsletter|kontakt|werbung)(erwünscht|gewünscht)", "infolettre", "bolet[íi]n",
            "nieuwsbrief", "ny(hed|het)sbrev", "uutiskirje", "markkinointilupa", "(e)?bülten", "zgoda(marketingowa)?",
            "zgodanamarketing", "biuletyn", "souhlas", "odběrnovinek", "odbernoviniek", "súhlas",
            "hírlevél", "feliratkozott",
            "рассылк[аи]", "согласие(нарассылку)?",
            "(メルマガ|メールマガジン)(配信|購読|受信|希望)?(希望|可否)?", "メール配信(希望|可否)?", "配信(希望|可否)?",
            "(dm|メール)(送付|送信)?可否", "newsletterempfänger(in)?",
            "(werbe|newsletter|e?mail|marketing|kontakt)einwilligung",
            $"(אישור|הסכמה|הסכמת|מאשרת?|מעוניינת?){HebrewMails}", "דיוור", "ניוזלטר",
            "邮件订阅", "電子報(訂閱)?",
            "뉴스레터", "(이메일|메일|마케팅|광고)?수신(동의|여부|동의여부)")),
        (OptOutMeaning.Yes, Whole(
            $"(global)?({ManyMails})?(unsubscribed?|optout|optedout|suppressed|(black|block)list(ed)?)",
            $"(unsubscribed?|optout|optedout)(from|of){ManyMails}", $"opt(ed)?out{ManyMails}",
            @"hsemailoptout\d*", "オプトアウト",

            // HubSpot has a column for each kind of mail: "Opted out of email: Newsletter".
            "optedoutofemail:.*",
            $"(donot|donotallow|no|keine?|geen|pasde){ManyMails}", "donot(contact|market|text|message)", "dnc",
            $"donotsend({Mails}|messages?)?", "keinewerbung", "werbewiderspruch",
            "(dont|never|no|(request|want)sno)contact", "nottobecontacted", "donotsolicit", "nosolicit(ations?)?",
            "dncflag", "kontaktverbot", "keinkontakt",
            $"(i)?do(es)?(not|nt)(want|wish)to(be(contacted|emailed)|(receive|get)(any)?{Mails})",
            "keinkontakt(ge|er)wünscht", "wünschtkeinenkontakt", "kontaktaufnahmenicht(ge|er)wünscht",
            "keinekontaktaufnahme((ge|er)wünscht)?", $"keine?{Mails}(ge|er)wünscht", "keinewerbung(ge|er)wünscht",
            "(ne)?souhaite(pas|plus)êtrecontactée?", "ne(pas|plus)solliciter", "pasdesollicitations?",
            "refusdecontact", "pasdecontact", "no(desea|quiere)sercontactad[oa]", "nosolicitar",
            "non(desidera|vuole)esserecontattat[oa]", "nonsollecitare",
            "(wil|wenst)niet(gecontacteerd|benaderd)(te)?worden", "geencontact(gewenst)?", "wenstgeencontact",
            "n[ãa]o(deseja|quer)sercontac?tad[oa]", "semcontac?to", "noenviar", "noninviare",
            "(please)?donotdisturb", $"({Mails})?dnd({Mails}|all)?", "nocorrespondence",
            "nomolestar", "n[ãa]operturbe", "(bitte)?nichtstören",
            "nepasd[ée]ranger", "nondisturbare", "nietstoren",
            "nicht(mehr)?(kontaktieren|anschreiben)", "ne(pas|plus)contacter", "no(volvera)?contactar",
            "non(pi[uù])?contattare", "n[ãa]ocontac?tar", "niet(meer)?(contacteren|benaderen|mailen)",
            "geenreclame", "geennieuwsbrief", "pasdepublicité", "nopublicidad", "nopubblicità",
            "abgemeldet", "d[ée]sabonn[ée]e?", "d[ée]sabonnement", "d[ée]sinscrite?", "d[ée]sinscription",
            "disiscritt[oa]", "disiscrizione", "dad[oa]debaja", "afgemeld", "uitgeschreven",
            "descadastr(o|ad[oa])", "(please)?removeme", "donotsendmm",
            "email(delivery|sending)?disabled", "(werbe|e?mail(ing)?|newsletter)sperre",
            $"({Mails})abbestellt", "הוסרה?מה?(רשימתה?תפוצה|דיוור)", "הסרה(מה?(רשימתה?תפוצה|דיוור))?",
            "keinepost", "bittenicht(mehr)?(anschreiben|kontaktieren)", "wypisan[yae]?", "niekontaktować",
            "nekontaktova[tť]", "odhlášen[ýáaéo]?", "odhlásen[ýáaéo]?", "leiratkozott", "nemkérhírlevelet",
            "av(meldt|meldnyhetsbrev|registrerad|prenumererad)", "afmeldt", "eikontaktoida", "aboneliktençıktı",
            "отписан[аоы]?", "отписал(ся|ась)", "отписка",
            "не(писать|связываться)",
            "(メルマガ|メール)?(配信|購読)(停止|拒否|解除)",
            "(dm|メール|連絡|送信)(不可|拒否|禁止)",
            "(已)?退订", "(已)?退訂", "取消(订阅|訂閱)", "勿扰", "勿擾",
            "(이메일|메일|광고)?수신거부(여부)?")),
        (OptOutMeaning.No, Whole(
            $"({ManyMails})?(subscribed|optin|optedin)", $"{Mails}(allowed|consent)", $"consent(to|for)?{Mails}",
            $"(subscribed|optin|optedin)(to|for|in)?{Mails}", $"(accept(s|ed)?|allow(s|ed)?|receives?){Mails}",
            $"(invitee|buyer|customer|attendee|guest|client|subscriber)accept(s|ed)?{Mails}", "オプトイン",
            "(newsletter)?abonniert", "werbungerlaubt", "abonné", "permissiontocontact", "canbecontacted",
            "(may|can)wecontact(you)?", "(happy|ok|willing)tobecontacted", "activesubscriber", "oktoemail",
            "consenttobecontacted",
            "kontakterlaubnis", "(darf|kann)kontaktiertwerden", "suscrit[oa]albolet[íi]n",
            $"aceptarecibir({Mails}|correos)")),
        (OptOutMeaning.Filled, Whole(
            $"(confirmed)?({Mails})?{OutWords}(date|time|at|on|reason)", $"(date|time)(of)?{OutWords}",
            "(newsletter)?(abgemeldet|abbestellt)(am|seit|um)", "(newsletter)?abmelde(datum|grund)",
            "d[ée]s(abonn|inscrit)[ée]?e?le", "datede?d[ée]s(abonnement|inscription)",
            "disiscritt[oa]il", "dad[oa]debajael", "(afgemeld|uitgeschreven)op", "descadastrad[oa]em",
            "fecha(de)?(baja|desuscripci[óo]n)")),
    ];

    // What a file of subscribers has, and none of orders, bookings or plans.
    private static readonly Regex s_ofSubscribers = Whole(
        "subscriber(id|key|since|email|emailaddress)?", "subscribed(at|on|date)", "(date|signup)subscribed",
        "optin(at|on|date|time|ip)", "optedinat");

    private static readonly Regex s_ofOrders = new(
        "order|plan|product|price|amount|total|paid|payment|invoice|booking|appointment|ticket|event|course|class"
            + "|membership|subscription|renew|trial|checkout|billing|shipping|currency|reserv|rsvp|party|guest|policy"
            + "|claim",
        RegexOptions.CultureInvariant);

    // What stands beside a state where people live. "^address" is not "emailaddress".
    private static readonly Regex s_ofPlaces = new(
        "city|town|zip|postal|postcode|country|region|province|street|latitude|timezone|^address",
        RegexOptions.CultureInvariant);

    /// <summary>Finds out whether a column tells who wants no messages, and how.</summary>
    /// <param name="column">The column.</param>
    /// <param name="columns">
    /// All columns of the row. In a file that is plainly one of subscribers, a word such as cancelled tells it, which
    /// orders have too.
    /// </param>
    public static OptOutMeaning? Find(string column, string[] columns) => ColumnNames.Normalize(column) switch
    {
        "status" when IsOfSubscribers(columns) => OptOutMeaning.StatusOrNo,
        "state" when IsOfSubscribers(columns) && !Has(columns, s_ofPlaces) => OptOutMeaning.StatusOrNo,

        // CleverReach dates both.
        "deactivated" when columns.Any(one => ColumnNames.Normalize(one) == "activated") => OptOutMeaning.Filled,
        _ => Find(column),
    };

    private static string LatinOf(string name) =>
        string.Concat(name.Where(letter => letter is >= 'a' and <= 'z'));

    private static bool IsOfSubscribers(string[] columns) =>
        Has(columns, s_ofSubscribers) && !Has(columns, s_ofOrders);

    private static bool Has(string[] columns, Regex names) =>
        Array.Exists(columns, one => names.IsMatch(ColumnNames.Normalize(one)));

    /// <summary>Finds out whether a column tells who wants no messages, and how.</summary>
    public static OptOutMeaning? Find(string column) => First(column, MeaningOfName);

    /// <summary>Tells whether a column tells who has died.</summary>
    public static bool IsOfDeath(string column) => First(column, DeathColumns.Find) is not null;

    // A question mark, or what may stand in it, "(Y/N)" or "[all]", is often put behind a name, and what is asked may
    // stand in brackets too: "Email (Opt Out)". An export of nested data has the names of both:
    // "primaryEmail.subscriptionStatus".
    private static OptOutMeaning? First(string column, Func<string, OptOutMeaning?> find)
    {
        return Of(column)
            ?? (s_table.Match(column).Groups[1].Value is var field && field.Length is > 0 && field != column
                ? Of(field)
                : null);

        OptOutMeaning? Of(string one)
        {
            var name = ColumnNames.Normalize(one);
            var whole = find(Plain(name));
            return whole is null or OptOutMeaning.Status or OptOutMeaning.StatusOrNo
                && name.IndexOfAny(s_brackets) is > 0 and var bracket
                    ? find(Plain(name.Substring(0, bracket))) ?? whole
                    : whole;
        }
    }

    private static string Plain(string name)
    {
        name = string.Concat(name.Where(letter => char.IsLetterOrDigit(letter) || letter is ':' or '.'));
        return s_topic.Replace(
            s_copy.Match(name) is { Success: true } copy ? copy.Groups[1].Value : name, "${topic}");
    }

    private static OptOutMeaning? MeaningOfName(string name)
    {
        foreach (var (meaning, names) in s_optOuts)
        {
            if (names.IsMatch(name))
            {
                return meaning;
            }
        }

        return DeathColumns.Find(name);
    }

    /// <summary>
    /// Tells whether a column seems to say who wants messages, and is none of those that are known.
    /// </summary>
    /// <param name="column">The column.</param>
    /// <param name="own">The name of one that is known elsewhere, at the end of the path to it.</param>
    public static bool IsLikeOne(string column, string? own = null)
    {
        var name = ColumnNames.Normalize(own ?? column);
        return (own is not null || Find(column) is null)
            && (s_consentWords.Any(name.Contains) || s_misreadWords.Any(LatinOf(name).Contains))
            && !Array.Exists(s_linkWords, word => name.EndsWith(word, StringComparison.Ordinal))
            && !OtherChannels.IsCalls(column)
            && !s_ofConsent.IsMatch(name)
            && !s_ofOptOut.IsMatch(name)
            && (OtherChannels.IsMail(column) || !s_consentToOther.IsMatch(name));
    }

    /// <summary>Tells whether a column says how somebody opted out.</summary>
    /// <param name="name">The name of the column, as <see cref="ColumnNames.Normalize"/> gives it.</param>
    public static bool IsOfOptOut(string name) => s_ofOptOut.IsMatch(name);

    private static Regex Whole(params string[] names) => new(
        "^(is|has)?(" + string.Join("|", names) + ")$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture);
}
