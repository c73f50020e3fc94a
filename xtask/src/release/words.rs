//! The words of a changelog for each class of findings, in its two languages.

use crate::diff::Class;

/// What a person calls a difference of this class, in English and in Chinese; nothing where a reader of a changelog
/// gains nothing from it.
pub(super) fn words(class: Class) -> Option<(&'static str, &'static str)> {
    Some(match class {
        Class::VendorRemoved => ("Vendor removed", "移除厂商"),
        Class::TaxonomyChanged => ("Other taxonomy of kinds", "错误分类体系变更"),
        Class::LanguageAdded => ("New language", "新增语言"),
        Class::LanguageRemoved => ("Language removed", "移除语言"),
        Class::SetAdded => ("New set", "新增错误码集"),
        Class::SetRemoved => ("Set removed", "移除错误码集"),
        Class::SetRetired => ("Set retired by the vendor", "厂商已停用错误码集"),
        Class::SetReappeared => ("Set documented again", "错误码集恢复"),
        Class::SetRenamed => ("Set renamed", "错误码集更名"),
        Class::SetNameAdded => ("Earlier name of a set kept", "保留错误码集旧名"),
        Class::SetNameRemoved => ("Earlier name of a set removed", "移除错误码集旧名"),
        Class::WireChanged => ("Other type on the wire", "传输类型变更"),
        Class::IdentityChanged => ("Told apart by something else", "标识方式变更"),
        Class::SectionAdded => ("New section", "新增分节"),
        Class::SectionRemoved => ("Section removed", "移除分节"),
        Class::RangeAdded => ("New class of codes", "新增错误码区间"),
        Class::RangeRemoved => ("Class of codes removed", "移除错误码区间"),
        Class::RangeChanged => ("Class of codes changed", "错误码区间变更"),
        Class::VendorAdded | Class::CodeAdded => ("New", "新增"),
        Class::CodeRetired => (
            "Retired by the vendor, still decodes",
            "厂商已停用（仍可解析）",
        ),
        Class::CodeReappeared => ("Documented again", "恢复"),
        Class::CodeRemoved => ("Removed", "移除"),
        Class::CodeMoved => ("Moved", "移动"),
        Class::ReplacementChanged => ("Use instead", "替代错误码"),
        Class::VariantRenamed => ("Renamed", "更名"),
        Class::VariantNameAdded => ("Earlier name kept", "保留旧名"),
        Class::VariantNameRemoved => ("Earlier name removed", "移除旧名"),
        Class::SymbolChanged => ("Other symbol", "符号变更"),
        Class::AliasAdded => ("Also sent as", "新增别名"),
        Class::AliasRemoved => ("No longer decodes", "不再解析"),
        Class::ParameterAdded => ("New parameter", "新增参数"),
        Class::ParameterRemoved => ("Parameter removed", "移除参数"),
        Class::ParameterRenamed => ("Parameter renamed", "参数更名"),
        Class::ParameterChanged => ("Parameter changed", "参数变更"),
        Class::MessageChanged => ("Message changed", "信息变更"),
        Class::RemedyChanged => ("Remedy changed", "处理措施变更"),
        Class::TranslationAdded => ("Translated", "新增翻译"),
        Class::TranslationStale => ("Translation withdrawn", "撤下翻译"),
        Class::BillingChanged => ("Billed differently", "计费变更"),
        Class::KindChanged => ("Other kind", "分类变更"),
        Class::RetryChanged => ("Retried differently", "重试策略变更"),
        Class::HttpChanged => ("Other HTTP status", "HTTP 状态码变更"),
        Class::SuccessChanged => ("Success or failure changed", "成功标志变更"),
        Class::DefinitionChanged => ("Definition changed", "定义变更"),
        Class::LocaleChanged
        | Class::TitleChanged
        | Class::BillingSourceChanged
        | Class::RenameProposed => {
            return None;
        }
    })
}
