namespace WixInbox;

/// <summary>
/// A channel that messages come from and go to. Wix has used others (<c>AI_ASSISTANT</c>, <c>PHONE</c>); a response
/// keeps them by name.
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
