namespace WixInbox.PowerShell.Tests.Rows;

/// <summary>By which columns and words somebody has unsubscribed.</summary>
public sealed class OptOutColumnTests : RowRuns
{
    [Theory]
    [InlineData("Email subscriber status", "Unsubscribed", "Never subscribed")]
    [InlineData("Unsubscribed from all email", "Yes", "No")]
    [InlineData("Accepts Email Marketing", "no", "yes")]
    [InlineData("Email Opt Out", "1", "0")]
    [InlineData("Email Marketing Consent", "UNSUBSCRIBED", "SUBSCRIBED")]
    [InlineData("EMAIL_BLACKLISTED", "Yes", "No")]
    [InlineData("Opted out of email: Newsletter", "true", "false")]
    [InlineData("Opted out of email: Product news", "true", "false")]
    [InlineData("*Status", "Unsubscribed", "Active")]
    [InlineData("Statut d_abonnement", "non", "oui")]
    [InlineData("Unsubscribed 2", "yes", "no")]
    [InlineData("OptOut_1", "yes", "no")]
    [InlineData("c.OptOut", "yes", "no")]
    [InlineData("Newsletter", "No newsletter", "Newsletter 2024")]
    [InlineData("Tags", "VIP, No email", "VIP, No email on file")]
    [InlineData("Status", "No contact", "No contacts yet")]
    [InlineData("*Status", "No consent", "Active")]
    [InlineData("May we contact you?", "No", "Yes")]
    [InlineData("Please remove me", "Yes", "No")]
    [InlineData("Active subscriber", "No", "Yes")]
    [InlineData("UNSUB_TIME", "2026-03-01 10:00:00", "")]
    [InlineData("SubscriptionStatus", "Unsubscribed", "Pending")]
    [InlineData("Unsubscribed?", "Yes", "No")]
    [InlineData("Unsubscribed (Y/N)", "Y", "N")]
    [InlineData("Subscribed?", "no", "yes")]
    [InlineData("Unsubscribed", "WAHR", "FALSCH")]
    [InlineData("Opt In", "FAUX", "VRAI")]
    [InlineData("Opt In", "off", "on")]
    [InlineData("Email subscriber status", "Unsubscribed by admin", "Never unsubscribed")]
    [InlineData("Email subscriber status", "Désabonné", "Abonné")]
    [InlineData("Status", "Opted out of email", "Not opted out")]
    [InlineData("Status", "Abgemeldet am 1.3.", "Nicht abgemeldet")]
    [InlineData("Newsletter", "unsubscribed", "weekly")]
    [InlineData("Labels", "Customers;Unsubscribed", "Customers")]
    [InlineData("is_subscribed", "false", "true")]
    [InlineData("EMAIL_BLOCKLISTED", "true", "false")]
    [InlineData("BLACKLIST", "1", "0")]
    [InlineData("Do not allow Bulk Emails", "Do Not Allow", "Allow")]
    [InlineData("Abgemeldet", "ja", "nein")]
    [InlineData("Newsletter", "nein", "ja")]
    [InlineData("Newsletter", "0", "weekly")]
    [InlineData("Newsletter", "No thanks", "Thanks")]
    [InlineData("Email Opt-in Status", "No", "Pending")]
    [InlineData("Marketing permissions", "FALSE", "TRUE")]
    [InlineData("Email Permission", "Opt-out", "Implied")]
    [InlineData("Subscriber", "no", "Never subscribed")]
    [InlineData("Mailing list", "Unsubscribed", "no")]
    [InlineData("Status", "Do not contact", "Contacted")]
    [InlineData("Tags", "Suppressed", "VIP")]
    [InlineData("Tags", "DNC", "no")]
    [InlineData("Status", "unsub", "0")]
    [InlineData("Newsletter abonniert", "nein", "ja")]
    [InlineData("Werbung erlaubt", "nein", "ja")]
    [InlineData("Keine Werbung", "ja", "nein")]
    [InlineData("Marketing Opt-In", "no", "yes")]
    [InlineData("Newsletter opt-in", "false", "true")]
    [InlineData("Opt in newsletter", "no", "yes")]
    [InlineData("subscribed_to_emails", "false", "true")]
    [InlineData("Receive emails", "no", "yes")]
    [InlineData("Email Marketing Subscribed", "no", "yes")]
    [InlineData("Marketing allowed", "no", "yes")]
    [InlineData("Has opted in to marketing emails", "no", "yes")]
    [InlineData("Marketing status", "no_consent", "archived")]
    [InlineData("Newsletter subscription", "no", "weekly")]
    [InlineData("primaryEmail.subscriptionStatus", "UNSUBSCRIBED", "SUBSCRIBED")]
    [InlineData("No mailings", "yes", "no")]
    [InlineData("Keine E-Mails", "ja", "nein")]
    [InlineData("Werbewiderspruch", "ja", "nein")]
    [InlineData("Newsletter opt-out", "x", "")]
    [InlineData("Segment", "Unsubscribed", "VIP")]
    [InlineData("Member Status", "unsubscribed", "active")]
    [InlineData("Contact Status", "Opted out", "Customer")]
    [InlineData("State", "unsubscribed", "NO")]
    [InlineData("Subscriber state", "unsubscribed", "NO")]
    [InlineData("Email Preferences", "Unsubscribed", "no")]
    [InlineData("Mass Mail Opt Out", "Yes", "No")]
    [InlineData("massMailOptOut", "true", "false")]
    [InlineData("Mass Email Opt Out", "Yes", "No")]
    [InlineData("Opt Out Email", "1", "0")]
    [InlineData("Opt-Out Email", "yes", "mailto:optout@shop.example")]
    [InlineData("Email (Opt Out)", "yes", "no")]
    [InlineData("Newsletter (Opt Out)", "Yes", "No")]
    [InlineData("Email Marketing (Opt Out)", "Yes", "No")]
    [InlineData("Unsubscribed at", "2024-03-01@web", "")]
    [InlineData("Opt Out", "unsubscribed/by:bob@x.com", "no")]
    [InlineData("Status", "No longer wants to receive our emails", "No contact email")]
    [InlineData("Status", "Remove from database", "Has no email")]
    [InlineData("Tags", "Remove from our mailing list", "Remove & Replace")]
    [InlineData("Group", "Unsubscribed", "Add/Remove")]
    [InlineData("Email Status", "Opted out", "No mailing list")]
    [InlineData("No Promotional Emails", "yes", "no")]
    [InlineData("Promotional Emails Opt Out", "1", "0")]
    [InlineData("Promotional Email Opt In", "No", "Yes")]
    [InlineData("Email Blast Opt Out", "yes", "no")]
    [InlineData("Consent to be contacted", "No", "Yes")]
    [InlineData("OK to email", "N", "Y")]
    [InlineData("Status", "Opted out of emails", "Emails sent")]
    [InlineData("Status", "Has opted out", "Has opted in")]
    [InlineData("Email Status", "Remove from mailing list", "On mailing list")]
    [InlineData("Tags", "Remove me from your list", "Remove")]
    [InlineData("Tags", "Do not send email", "Send email")]
    [InlineData("Email Status", "On Hold Opt Out", "On Hold Bounce")]
    [InlineData("Tags", "VIP, No longer wants emails", "VIP, wants emails")]
    [InlineData("Group", "unsubscribed", "1")]
    [InlineData("Email unsubscribed at", "2026-03-01", "NULL")]
    [InlineData("unsubscribed_at", "2026-03-01", "0000-00-00 00:00:00")]
    [InlineData("unsubscribed_on", "2026-03-01", "---")]
    [InlineData("UNSUB_TIME", "1772355600", "0")]
    [InlineData("Opt-out date", "3/1/2026", "1970-01-01T00:00:00Z")]
    [InlineData("Opted out at", "2026-03-01", "#N/A")]
    [InlineData("DNC", "yes", "no")]
    [InlineData("Subscribe", "FALSE", "weekly")]
    [InlineData("Subscribe to newsletter", "no", "yes")]
    [InlineData("Subscription status", "Not subscribed", "Never subscribed")]
    [InlineData("Email subscription", "not opted in", "opted in")]
    [InlineData("Newsletter", "Nicht abonniert", "abonniert")]
    [InlineData("Newsletter", "Pas inscrite", "inscrite")]
    [InlineData("Email Marketing Consent", "NOT_SUBSCRIBED", "granted")]
    [InlineData("Email consent", "withdrawn", "Explicit")]
    [InlineData("Marketing permission", "Denied", "Granted")]
    [InlineData("Unsubscribed", "not subscribed", "not unsubscribed")]
    [InlineData("Nicht kontaktieren", "ja", "nein")]
    [InlineData("Ne pas contacter", "oui", "non")]
    [InlineData("Désinscription", "oui", "")]
    [InlineData("No contactar", "sí", "no")]
    [InlineData("Non contattare", "sì", "no")]
    [InlineData("Não contactar", "sim", "não")]
    [InlineData("Niet contacteren", "ja", "nee")]
    [InlineData("Geen reclame", "ja", "nee")]
    [InlineData("Disiscritta", "vero", "falso")]
    [InlineData("Kein Newsletter", "x", "")]
    [InlineData("Contactable", "no", "by phone")]
    [InlineData("Do not send", "yes", "no")]
    [InlineData("DoNotSend", "1", "0")]
    [InlineData("Do not send emails", "x", "")]
    [InlineData("Do Not Market", "Yes", "No")]
    [InlineData("Do not text", "yes", "no")]
    [InlineData("do_not_message", "true", "false")]
    [InlineData("Opt-Out (all)", "yes", "no")]
    [InlineData("Opt-Out [all]", "yes", "no")]
    [InlineData("Abgemeldet am", "2026-03-01", "")]
    [InlineData("Newsletter abgemeldet am", "1.3.2026", "nie")]
    [InlineData("Abmeldedatum", "01.03.2026", "NULL")]
    [InlineData("Désabonnée le", "01/03/2026", "jamais")]
    [InlineData("Date de désinscription", "01/03/2026", "")]
    [InlineData("Disiscritto il", "01/03/2026", "mai")]
    [InlineData("Afgemeld op", "01-03-2026", "nooit")]
    [InlineData("Date unsubscribed", "2026-03-01", "never")]
    [InlineData("Tags", "VIP|DNC", "VIP|DN")]
    [InlineData("Tags", "Nicht kontaktieren", "kontaktieren")]
    [InlineData("Unsubscribed", "1.0", "0.0")]
    [InlineData("Unsubscribed", "yes", "never")]
    [InlineData("Unsubscribed", "yes", "NaN")]
    [InlineData("Unsubscribed", "yes", "#N/A")]
    [InlineData("Unsubscribed", "yes", "31.12.9999")]
    [InlineData("Unsubscribed", "yes", "0000-00-00 00:00:00")]
    [InlineData("Abgemeldet", "ja", "angemeldet")]
    [InlineData("Unsubscribe", "yes", "https://x.example/unsubscribe?id=5")]
    [InlineData("Unsubscribe", "yes", "<mailto:unsubscribe@x.example>")]
    [InlineData("Newsletter", "unsubscribed", "https://x.example/unsubscribe")]
    [InlineData("Opt-out date", "31.12.2025", "31.12.9999")]
    [InlineData("Opt-out date", "9999 years ago", "9999-12-31T23:59:59-05:00")]
    [InlineData("Opt-out date", "2026-12-31", "12/31/9999 23:59:59")]
    [InlineData("Opt-out date", "01/02/2026", "31/12/9999")]
    [InlineData("Opt-out date", "2026-03-01", "never")]
    [InlineData("Opt-out date", "2026-03-01", "00.01.1900")]
    [InlineData("Unsubscribe reason", "Too many mails", "none")]
    [InlineData("Unsubscribe reason", "I never unsubscribed, but stop it", "keiner")]
    [InlineData("Unsubscribe reason", "None of these", "ninguna")]
    [InlineData("Unsubscribe reason", "Not subscribed", "not opted out")]
    [InlineData("Status", "Blocklisted", "Blocked")]
    [InlineData("Status", "Complained", "Complaint about an order")]
    [InlineData("Status", "Consent withdrawn", "Removed")]
    [InlineData("Subscription status", "Spam complaint", "pending")]
    [InlineData("Newsletter status", "Removed", "weekly")]
    [InlineData("Newsletter", "No, thank you", "None")]
    [InlineData("Newsletter", "Nein, danke", "Danke")]
    [InlineData("Newsletter", "never", "monthly")]
    [InlineData("Newsletter", "unchecked", "checked")]
    [InlineData("Newsletter", "✗", "✓")]
    [InlineData("Newsletter", "☐", "☑")]
    [InlineData("Newsletter", "disabled", "enabled")]
    [InlineData("Dont contact", "yes", "no")]
    [InlineData("Never contact", "yes", "no")]
    [InlineData("No contact", "x", "")]
    [InlineData("Kontaktverbot", "ja", "nein")]
    [InlineData("Permission to contact", "no", "yes")]
    [InlineData("Darf kontaktiert werden", "nein", "ja")]
    [InlineData("Ne souhaite pas être contacté", "oui", "non")]
    [InlineData("No enviar", "sí", "no")]
    [InlineData("Suscrito al boletín", "no", "sí")]
    [InlineData("Non inviare", "sì", "no")]
    [InlineData("Email_Opt_Out__c", "true", "false")]
    [InlineData("Newsletter__pc", "false", "true")]
    [InlineData("Contact: Email Opt Out", "1", "0")]
    [InlineData("Contact.HasOptedOutOfEmail", "TRUE", "FALSE")]
    [InlineData("Person - Marketing status", "No consent", "Subscribed")]
    [InlineData("Lead - Status", "Unsubscribed", "No")]
    [InlineData("Global status", "Unsubscribed", "Subscribed")]
    [InlineData("Confirmed Opt-Out Date", "2024-02-01", "")]
    [InlineData("Email Suppressions", "[USER_SUPPRESSED]", "[]")]
    [InlineData("Bulk Email", "Do Not Allow", "Allow")]
    [InlineData("donotsendmm", "1", "0")]
    [InlineData("email_disabled", "true", "false")]
    [InlineData("メルマガ", "配信停止", "配信中")]
    [InlineData("配信停止", "1", "0")]
    [InlineData("メール配信", "不可", "可")]
    [InlineData("DM不可", "○", "")]
    [InlineData("수신거부", "Y", "N")]
    [InlineData("이메일 수신여부", "F", "T")]
    [InlineData("수신동의", "N", "Y")]
    [InlineData("退订", "是", "否")]
    [InlineData("邮件订阅", "否", "是")]
    [InlineData("Отписан", "да", "нет")]
    [InlineData("Рассылка", "нет", "да")]
    [InlineData("Wypisany", "Tak", "Nie")]
    [InlineData("Zgoda", "Nie", "Tak")]
    [InlineData("Nie kontaktować", "Tak", "Nie")]
    [InlineData("Odhlášen", "Ano", "Ne")]
    [InlineData("Leiratkozott", "igen", "nem")]
    [InlineData("Hírlevél", "nem", "igen")]
    [InlineData("Avmeldt", "ja", "nei")]
    [InlineData("Avregistrerad", "ja", "nej")]
    [InlineData("Nyhedsbrev", "Nej", "Ja")]
    [InlineData("Nyhetsbrev", "nei", "ja")]
    [InlineData("Uutiskirje", "Ei", "Kyllä")]
    [InlineData("E-bülten", "HAYIR", "EVET")]
    [InlineData("Boletín", "No", "Sí")]
    [InlineData("Keine Post", "ja", "nein")]
    [InlineData("Kontakt erwünscht", "nein", "ja")]
    [InlineData("Kontakt erwünscht", "nicht erwünscht", "erwünscht")]
    [InlineData("Kontakt erwünscht", "kein Kontakt", "Kontakt per Mail")]
    [InlineData("Newsletter", "No (by phone)", "Yes (by phone)")]
    [InlineData("Opt In", "No - 2024-01-01", "Yes - 2024-01-01")]
    [InlineData("Unsubscribed", "Yes - 2024-01-01", "No - 2024-01-01")]
    [InlineData("אישור קבלת דיוור", "לא", "כן")]
    [InlineData("מאשר דיוור", "לא", "כן")]
    [InlineData("הסכמה לדיוור", "לא", "כן")]
    [InlineData("הוסר מרשימת תפוצה", "כן", "לא")]
    [InlineData("הסרה", "כן", "לא")]
    [InlineData("סטטוס", "הוסר", "פעיל")]
    [InlineData("ניוזלטר", "לא", "כן")]
    [InlineData("Fecha de baja", "2026-03-01", "")]
    [InlineData("Fecha baja", "01/03/2026", "NULL")]
    [InlineData("メールマガジン", "希望しない", "希望する")]
    [InlineData("メールマガジン", "いいえ", "はい")]
    [InlineData("メール配信", "配信しない", "配信する")]
    [InlineData("メール配信", "受け取らない", "受け取る")]
    [InlineData("オプトアウト", "1", "0")]
    [InlineData("DM可否", "不可", "可")]
    [InlineData("Email delivery disabled", "yes", "no")]
    [InlineData("npsp__Do_Not_Contact__c", "1", "0")]
    [InlineData("et4ae5__HasOptedOutOfEmail__c", "true", "false")]
    [InlineData("pi__Opted_Out__c", "true", "false")]
    [InlineData("Email Marketing: Status", "Unsubscribed", "Subscribed")]
    [InlineData("Newsletter: Opt-in", "no", "yes")]
    [InlineData("Werbesperre", "ja", "nein")]
    [InlineData("Mailsperre", "x", "")]
    [InlineData("Newsletter abbestellt", "ja", "nein")]
    [InlineData("Newsletter-Empfänger", "nein", "ja")]
    [InlineData("Werbeeinwilligung", "nein", "ja")]
    [InlineData("Statut", "Désabonné", "Abonné")]
    [InlineData("Estado", "Dado de baja", "Baja California")]
    [InlineData("hs_email_optout", "true", "false")]
    [InlineData("hs_email_optout_1234567", "true", "")]
    [InlineData("Invitee accepted marketing emails", "No", "Yes")]
    [InlineData("Buyer Accepts Marketing", "no", "yes")]
    public void A_column_that_says_no_is_heard_and_one_that_does_not_is_not(string column, string no, string other)
    {
        var rows =
            $"'{no}', '{other}' | ForEach-Object {{ "
                + $"[pscustomobject]@{{ ConversationId = (New-Guid); '{column}' = $_ }} }}";

        Assert.Equal(["False", "True"], Engine.Run($"{rows} | Test-WixInboxMessage x").OutputOf("Valid"));
        var sent = Engine.Run($"{rows} | Send-WixInboxMessage x");
        Assert.Equal(["ContactUnsubscribed"], sent.ErrorIds);
        Assert.Contains(
            $"column {column}: '{no}' says that this person wants no messages. -IncludeUnsubscribed sends to everybody "
                + "who has unsubscribed, not to this person alone.",
            sent.Errors[0].ToString(),
            StringComparison.Ordinal);
        Assert.Single(sent.Output);
        Assert.Equal(2, Engine.Run($"{rows} | Send-WixInboxMessage x -IncludeUnsubscribed").Output.Count);
    }

    [Theory]
    [InlineData(
        "Status",
        false,
        "Do not email|Do not mail|Abbestellt|Desabonné|Désinscrite|Disiscritto|Dado de baja|Desuscrita|Afgemeld|"
            + "Uitgeschreven|Descadastrado|Nicht kontaktieren|Nicht mehr kontaktieren|Keine Werbung|Ne pas contacter|"
            + "Ne plus contacter|No contactar|Non contattare|Não contactar|Não contatar|Niet contacteren|"
            + "Niet meer contacteren|Geen reclame")]
    [InlineData(
        "Unsubscribed",
        true,
        "never opted out|nicht abgemeldet|pas désabonné|jamais désabonné|niet afgemeld|nooit afgemeld|"
            + "nunca descadastrado")]
    [InlineData(
        "Newsletter",
        false,
        "not consented|non-subscribed|no opt-in|nicht mehr abonniert|nicht angemeldet|nicht eingewilligt|"
            + "nicht zugestimmt|non abonnée|pas inscrit|no suscrito|no inscrita|non iscritto|niet aangemeld|"
            + "niet ingeschreven|niet geabonneerd|não inscrito|nao subscrita")]
    [InlineData(
        "Unsubscribed",
        true,
        "resubscribed|opted in|opt-in|allow|abonniert|abonnée|inscrite|inscrito|suscrita|subscrita|iscritto|"
            + "aangemeld|ingeschreven|geabonneerd")]
    [InlineData(
        "Opt In",
        true,
        "single opt-in|confirmed opt-in|explicit opt-in|explicit|explicit consent|allowed|granted|given|accepted|"
            + "agreed|approved|consented|erteilt|zugestimmt|eingewilligt|erlaubt|ausdrücklich|explizit|accordée|"
            + "accepté|explicite|aceptado|otorgada|confirmado|explícita|concesso|accettata|confermato|"
            + "esplicita|verleend|"
            + "bevestigd|toegestaan|expliciet|aceita")]
    [InlineData(
        "Newsletter",
        false,
        "denied|refused|declined|rejected|withdrawn|revoked|verweigert|abgelehnt|widerrufen|widersprochen|refusé|"
            + "retirée|révoqué|rechazado|denegada|retirado|revocada|rifiutato|negata|ritirato|revocato|geweigerd|"
            + "ingetrokken|recusado|negada|revogado|cancelled|gekündigt|résiliée|opgezegd|STOP|blacklisted|"
            + "complained|nej|nie|нет|hayır|いいえ|否|F|nooit|no thanks|non merci|no, gracias|nee, dank je|"
            + "não, obrigado")]
    [InlineData(
        "Newsletter",
        false,
        "no.|❌|FAŁSZ|NEPRAVDA|HAMIS|USANN|FALSKT|EPÄTOSI|YANLIŞ|ЛОЖЬ|0,00|nem|όχι|לא|"
            + "لا|不要|希望しない")]
    [InlineData(
        "Opt In",
        true,
        "yes.|✅|PRAWDA|PRAVDA|IGAZ|SANN|SANT|TOSI|DOĞRU|ИСТИНА|1,00|igen|ναι|כן|نعم|"
            + "要|希望する")]
    [InlineData(
        "Status",
        false,
        "Wypisany|Odhlášený|Leiratkozott|Afmeldt|Avregistrerad|отписался|已退订|수신거부")]
    [InlineData(
        "Status",
        true,
        "Ikke afmeldt|Inte avregistrerad|未退订|не отписан|nie wypisany|Neodhlášen|nem leiratkozott|"
            + "수신거부 안함|配信停止なし")]
    [InlineData(
        "Newsletter",
        false,
        "nicht gewünscht|kein Interesse|keine Einwilligung|nicht erteilt|nicht bestätigt|not interested|no interest|"
            + "does not want|doesn't want any|did not opt in|didn’t opt in|has not consented|no longer interested|"
            + "not accepted|not given|non souhaité|non souhaitée|ne souhaite pas|pas intéressée|no desea|no deseado|"
            + "no le interesa|no quiere|niet gewenst|geen interesse|wil niet|non acconsento|non interessato|"
            + "não deseja|sem interesse|ikke ønsket|ønsker ikke|inte önskat|לא מעוניין|לא מאשרת|не хочет|не подписан|"
            + "не согласна|nie wyraża|nie wyraża zgody|brak zgody|nechce|nesouhlasí|nem kér|ei halua|istemiyor|"
            + "受け取らない|受信しない|配信不要")]
    [InlineData(
        "Newsletter",
        true,
        "nicht angegeben|keine Angabe|not set|not provided|no data|no answer|non renseigné|no especificado|"
            + "niet ingevuld|не указано|nie podano|לא ידוע|Northern news|Nonprofit news|No. 5|"
            + "Notes on wine|not unsubscribed|Interested|gewünscht|ja, gerne|yes, not only news|wants it")]
    [InlineData(
        "Opt In",
        true,
        "Yes, please|Yes please|Yes - 2024-01-01|Y (web)|Yes, by web form|Ja, gerne|Oui, merci|Sí, gracias|"
            + "I agree to receive marketing emails|I consent|Ich stimme zu|J'accepte|Acepto|Acconsento|Einverstanden|"
            + "Opted In (Double)|Subscribed (web)|Ticked|Signed up|ok|OK|okay|agree|Registered")]
    [InlineData(
        "Opt In",
        false,
        "Yes (withdrawn 2024-05-01)|Yes - revoked|Yes, cancelled|Yes, removed on request|Yes (inactive)|"
            + "Yes, opted out later|Ja, widerrufen|Ja (gekündigt)|Oui, retiré|Sí (revocado)|Opted in (revoked)|"
            + "Granted (withdrawn)|Zugestimmt (widerrufen 3.5.2024)|Ich möchte den Newsletter abbestellen|"
            + "Ich möchte meine Einwilligung widerrufen|Je souhaite ne plus recevoir vos emails|"
            + "Je souhaite me désabonner|I want to get off this list|I wish to receive nothing|"
            + "I agree to be removed from the list")]
    [InlineData(
        "Opt In",
        true,
        "I agree to the terms|I want to get your newsletter|Ich möchte den Newsletter erhalten|"
            + "Je souhaite recevoir la newsletter")]
    [InlineData(
        "Do not contact",
        false,
        "No, thank you very much|No thanks - 2024-01-02|No! Never!|No, never|No - please stop|"
            + "No, don't email her|Non, plus de mails")]
    [InlineData("Do not contact", true, "No - 2024-01-01|No (web form)")]
    [InlineData("Suscripción", true, "Cancelada|No")]
    [InlineData("Estado de suscripción", false, "Cancelada")]
    [InlineData("Estado de suscripción", true, "Activa")]
    [InlineData("Подписка", true, "нет")]
    [InlineData(
        "Opt-out date",
        true,
        "nie|niemals|jamais|nunca|mai|nooit|keine|keines|aucun|aucune|ninguno|ningún|nessun|nessuna|geen|nenhum|"
            + "nenhuma|not set|unset")]
    public void Each_word_is_understood_in_each_language(string column, bool isSent, string words)
    {
        var cells = words.Split('|');
        Engine.Set("cells", cells);

        var valid = Engine.Run(
            $"$cells | ForEach-Object {{ [pscustomobject]@{{ ConversationId = (New-Guid); '{column}' = $_ }} }} | "
                + "Test-WixInboxMessage x").OutputOf("Valid");

        Assert.Equal(cells.Length, valid.Length);
        Assert.Equal("", string.Join(", ", cells.Where((_, index) => valid[index] != $"{isSent}")));
    }

    [Theory]
    [InlineData("Labels = 'custom.vip', 'custom.unsubscribed'", "Labels = 'custom.vip', 'custom.blog'", "Labels")]
    [InlineData("Tags = [Collections.Generic.List[string]]('a', 'DNC')", "Tags = @()", "Tags")]
    [InlineData("Groups = @('Unsubscribed')", "Groups = @(@{ Name = 'VIP' }, $null)", "Groups")]
    [InlineData("Status = @{ email = 'unsubscribed' }", "Status = @{ email = 'subscribed' }", "Status")]
    [InlineData("Tags = @{ id = 5; name = 'Unsubscribed' }", "Tags = @{ id = 6; name = 'VIP' }", "Tags")]
    [InlineData("Newsletter = @{ daily = $true; weekly = $false }", "Newsletter = @{ daily = $true }", "Newsletter")]
    [InlineData(
        "email_marketing_consent = @{ state = 'not_subscribed'; opt_in_level = 'single_opt_in'; from = 'OTHER' }",
        "email_marketing_consent = @{ state = 'subscribed'; opt_in_level = 'single_opt_in'; from = 'OTHER' }",
        "email_marketing_consent")]
    public void A_column_of_several_values_is_heard_by_each(string no, string other, string column)
    {
        var rows = $"@{{ ConversationId = $c; {no} }}, @{{ ConversationId = New-Guid; {other} }}";

        foreach (var made in new[]
        {
            rows, rows.Replace("@{ Conv", "[pscustomobject]@{ Conv"), rows.Replace("@{", "[pscustomobject]@{"),
        })
        {
            var result = Engine.Run($"{made} | Send-WixInboxMessage x");

            Assert.Equal(["ContactUnsubscribed"], result.ErrorIds);
            Assert.Contains($"column {column}: '", result.Errors[0].ToString(), StringComparison.Ordinal);
            Assert.Single(result.Output);
        }
    }

    [Theory]
    [InlineData("Email Blast Status", "Cancelled")]
    [InlineData("Promotional Email Status", "Stopped")]
    [InlineData("Consent to contact", "Email, Phone")]
    [InlineData("Unsubscribed Emails", "2")]
    [InlineData("Date of Passing", "2024-05-01")]
    public void What_is_about_something_else_refuses_nobody(string column, string cell) => Assert.Single(Engine.Run(
        $"[pscustomobject]@{{ ConversationId = $c; '{column}' = '{cell}' }} | Send-WixInboxMessage x").Output);

    [Theory]
    [InlineData("Unsubscribed", "maybe", false)]
    [InlineData("Unsubscribed", "ada@example.com", false)]
    [InlineData("Unsubscribed", "n/a", true)]
    [InlineData("Unsubscribed", "subscribed", true)]
    [InlineData("Opt In", "pending", false)]
    [InlineData("Opt In", "2026-03-01 10:00:00", true)]
    [InlineData("Opt In", "", true)]
    [InlineData("Opt In", "31.12.2025", true)]
    [InlineData("Opt In", "31/12/2025 18:30", true)]
    [InlineData("Opt In", "Double opt-in", true)]
    [InlineData("Opt In", "Double opt-in pending", false)]
    [InlineData("Opt In", "confirmed", true)]
    [InlineData("Opt In", "bestätigt", true)]
    [InlineData("Opt In", "unconfirmed", false)]
    [InlineData("Opt In", "implied", true)]
    [InlineData("Opt In", "never", false)]
    [InlineData("Email consent", "Confirmé", true)]
    [InlineData("Email consent", "concedida", true)]
    [InlineData("Email consent", "erteilt.", true)]
    [InlineData("Unsubscribed", "confirmed", false)]
    [InlineData("Unsubscribed", "pas encore", false)]
    [InlineData("Opt In", "Yes, but not by mail", false)]
    [InlineData("Opt In", "Yes until 2024", false)]
    [InlineData("Opt In", "Yes/No", false)]
    [InlineData("Opt In", "Y/N", false)]
    [InlineData("Opt In", "Subscribed (pending)", false)]
    [InlineData("Opt In", "I agree to receive no emails", false)]
    [InlineData("Opt In", "North", false)]
    [InlineData("Unsubscribed", "ok", false)]
    [InlineData("Unsubscribed", "not interested", false)]
    public void A_cell_that_is_neither_yes_nor_no_is_no_consent(string column, string cell, bool isSent)
    {
        var result = Engine.Run(
            $"[pscustomobject]@{{ ConversationId = $c; '{column}' = '{cell}' }} | Send-WixInboxMessage x");

        Assert.Equal(isSent ? 1 : 0, result.Output.Count);
        if (!isSent)
        {
            Assert.Equal(["ContactUnsubscribed"], result.ErrorIds);
            Assert.Contains(
                $"column {column}: '{cell}' is neither yes nor no",
                result.Errors[0].ToString(),
                StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("Subscription status", "canceled", true)]
    [InlineData("Subscription status", "declined", true)]
    [InlineData("Newsletter", "cancelled", true)]
    [InlineData("Subscription status", "unsubscribed", false)]
    [InlineData("Subscription status", "no", false)]
    [InlineData("Unsubscribed", "yes", false)]
    [InlineData("Désabonné", "O", false)]
    [InlineData("Unsubscribed", "2026-03-01 10:00:00", false)]
    [InlineData("Opt out", "Email", false)]
    public void A_word_that_a_plan_has_too_comes_with_what_leaves_its_column_out(
        string column, string word, bool isTold)
    {
        var error = Assert.Single(Engine.Run(
            $"[pscustomobject]@{{ ConversationId = $c; '{column}' = '{word}' }} | Send-WixInboxMessage x").Errors);

        Assert.Contains($"'{word}' says that this person wants", error.ToString(), StringComparison.Ordinal);
        Assert.Equal(
            isTold,
            error.ToString().Contains(
                $"Select-Object * -ExcludeProperty '{column}'. -IncludeUnsubscribed sends to everybody",
                StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("don’t know")]
    [InlineData(" maybe ")]
    [InlineData("it's \"maybe\" $x `n")]
    [InlineData("‘a’) {}; throw 'run'; if (1 -eq ‘b")]
    public void It_is_a_text_whatever_quotes_are_in_it_and_equals_no_cell_that_is_no_text(string cell)
    {
        Engine.Set("cell", cell);
        Engine.Run("""
            $rows = $cell, $true, 1, @('yes', $cell) | ForEach-Object { , $_ } | ForEach-Object {
                [pscustomobject]@{ ConversationId = (New-Guid); Unsubscribed = $_ }
            }
            """);
        var error = Engine.Run("$rows | Send-WixInboxMessage x").Errors[0].ToString();
        var advice = error.Split("empties such cells before the command: ")[1].Split(". -Include")[0];

        var result = Engine.Run($"$rows | {advice} | Send-WixInboxMessage x");
        Assert.Single(result.Output);
        Assert.Equal(Enumerable.Repeat("ContactUnsubscribed", 3), result.ErrorIds);
    }

    [Fact]
    public void Where_a_cell_cannot_be_emptied_so_there_is_no_such_line()
    {
        Engine.Run("""
            $table = [Data.DataTable]::new()
            $null = $table.Columns.Add('ConversationId'), $table.Columns.Add('Unsubscribed', [int])
            $null = $table.Rows.Add($c, 5)
            $computed = [pscustomobject]@{ ConversationId = $c }
            $computed | Add-Member -MemberType ScriptProperty -Name Unsubscribed -Value { 'maybe' }
            """);

        var errors = Engine.Run("$table.Rows[0], $computed | Send-WixInboxMessage x").Errors;

        Assert.Equal(2, errors.Count);
        Assert.All(errors, error => Assert.Contains(
            "empty it. -IncludeUnsubscribed", error.ToString(), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Opt In", "'Opt In'")]
    [InlineData("Unsubscribed?", "'Unsubscribed?'")]
    [InlineData("Unsubscribed ('d)", "'Unsubscribed (''d)'")]
    [InlineData("Unsubscribed\u200B", "\"Unsubscribed$([char]0x200B)\"")]
    public void What_empties_a_cell_works_when_it_is_pasted_and_holds_for_that_word_alone(string column, string name)
    {
        Engine.Set("column", column);
        foreach (var row in new[] { "[pscustomobject]@{{ {0} }}", "@{{ {0} }}" })
        {
            Engine.Run("$rows = 'perhaps', '', 'Perhaps not' | ForEach-Object { " + string.Format(
                System.Globalization.CultureInfo.InvariantCulture,
                row,
                "ConversationId = (New-Guid); $column = $_; UnsubscribedX = 'x'") + " }");
            var error = Engine.Run("$rows | Send-WixInboxMessage x -WarningAction Ignore").Errors[0].ToString();
            var advice = error.Split("empties such cells before the command: ")[1].Split(". -Include")[0];

            Assert.Equal(
                $"ForEach-Object {{ if ('perhaps' -eq $_.{name}) {{ $_.{name} = '' }}; $_ }}", advice);
            Assert.Contains("Write yes or no into the cell, or empty it.", error, StringComparison.Ordinal);
            Assert.Contains("sends to all, also to those who have opted out.", error, StringComparison.Ordinal);
            var result = Engine.Run($"$rows | {advice} | Send-WixInboxMessage x -WarningAction Ignore");
            Assert.Equal(2, result.Output.Count);
            Assert.Contains(
                "'Perhaps not' is neither", Assert.Single(result.Errors).ToString(), StringComparison.Ordinal);
        }
    }
}
