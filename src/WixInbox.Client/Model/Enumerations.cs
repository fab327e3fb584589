namespace WixInbox;

/// <summary>Who sees a message.</summary>
public enum MessageVisibility
{
    /// <summary>Both sides see it (<c>BUSINESS_AND_PARTICIPANT</c>).</summary>
    BusinessAndParticipant,

    /// <summary>Only the site's collaborators see it (<c>BUSINESS</c>).</summary>
    Business,
}

/// <summary>Who speaks to whom.</summary>
public enum MessageDirection
{
    /// <summary>The business writes to the participant (<c>BUSINESS_TO_PARTICIPANT</c>).</summary>
    BusinessToParticipant,

    /// <summary>The participant writes to the business (<c>PARTICIPANT_TO_BUSINESS</c>).</summary>
    ParticipantToBusiness,
}

/// <summary>
/// A channel that messages come from and go to. Wix has used others (<c>AI_ASSISTANT</c>, <c>PHONE</c>); a response keeps
/// them by name.
/// </summary>
public enum ChannelType
{
    /// <summary>The site's chat (<c>CHAT</c>).</summary>
    Chat,

    /// <summary>E-mail (<c>EMAIL</c>).</summary>
    Email,

    /// <summary>Text message (<c>SMS</c>).</summary>
    Sms,

    /// <summary>Facebook (<c>FACEBOOK</c>).</summary>
    Facebook,

    /// <summary>Instagram (<c>INSTAGRAM</c>).</summary>
    Instagram,

    /// <summary>WhatsApp (<c>WHATSAPP</c>).</summary>
    Whatsapp,
}

/// <summary>
/// Whose identity a message carries. Wix has a third value, <c>BUSINESS_USER</c>, which is for its own use and is not sent.
/// </summary>
public enum SendAs
{
    /// <summary>The identity of the credentials: for an app, the app (<c>CALLER</c>, the API's default).</summary>
    Caller,

    /// <summary>The conversation's participant (<c>PARTICIPANT</c>).</summary>
    Participant,
}

/// <summary>Who sees a badge. The chat widget does not honour it.</summary>
public enum BadgeVisibility
{
    /// <summary>Both sides see it (<c>BUSINESS_AND_PARTICIPANT</c>).</summary>
    BusinessAndParticipant,

    /// <summary>Only the site's collaborators see it (<c>BUSINESS</c>).</summary>
    Business,
}

/// <summary>How a template's card is laid out.</summary>
public enum TemplateOrientation
{
    /// <summary>The picture above the text (<c>PORTRAIT</c>, the API's default).</summary>
    Portrait,

    /// <summary>The picture beside the text (<c>LANDSCAPE</c>).</summary>
    Landscape,
}

/// <summary>
/// What kind of content a message has. The API states it in some responses and takes none: the content that is there says it.
/// </summary>
public enum ContentType
{
    /// <summary>Text, images and files (<c>BASIC</c>).</summary>
    Basic,

    /// <summary>A card with buttons (<c>TEMPLATE</c>).</summary>
    Template,

    /// <summary>A line that reports an event (<c>MINIMAL</c>).</summary>
    Minimal,

    /// <summary>A form that was filled in (<c>FORM</c>).</summary>
    Form,

    /// <summary>A message of Wix itself (<c>SYSTEM</c>).</summary>
    System,

    /// <summary>A kind that the API cannot show (<c>UNSUPPORTED</c>).</summary>
    Unsupported,
}
