#pragma once
#include <csetjmp>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <gumbo.h>

// HTML5 parsing within bounds. Only for the files of this place.
namespace kith::html {

// Memory for one parse tree: freed at once, so that no recursion over a deep tree is needed, and
// bounded, because formatting elements that are reopened in every paragraph let a small text grow to
// a tree of quadratic size. gumbo cannot report a failed allocation, so `allocate` leaves the parser
// by longjmp to `exhausted`; the frames in between are C and own nothing but this memory.
class Arena {
public:
    explicit Arena(std::size_t bytes_max) : left_(bytes_max) {}
    void* allocate(std::size_t bytes);
    std::jmp_buf exhausted;

private:
    std::size_t left_;
    std::size_t free_ = 0;
    std::byte* next_ = nullptr;
    std::vector<std::unique_ptr<std::byte[]>> chunks_;
};

// The parsed fragment. Text beyond limits::html_bytes_max and from the tag after
// limits::html_tags_max on is cut off first.
class Tree {
public:
    explicit Tree(std::string_view html);
    Tree(const Tree&) = delete;
    Tree& operator=(const Tree&) = delete;

    // The element whose children are the fragment's nodes; null where the tree would have needed
    // more than limits::html_memory_bytes_max, which only a text made for that does.
    const GumboNode* root() const { return root_; }

private:
    std::string source_;   // the tree points into it
    Arena arena_;
    const GumboNode* root_ = nullptr;
};

inline bool is_element(const GumboNode& node) {
    return node.type == GUMBO_NODE_ELEMENT || node.type == GUMBO_NODE_TEMPLATE;
}
inline bool is_text(const GumboNode& node) {
    return node.type == GUMBO_NODE_TEXT || node.type == GUMBO_NODE_CDATA ||
           node.type == GUMBO_NODE_WHITESPACE;
}

// Without control characters other than tab and line end, and without code points that are no
// characters (U+FDD0, U+FFFF …): HTML has no way to write them. CR becomes a line end.
std::string writable(std::string_view text);

// The attribute's value; empty where there is none.
std::string_view attribute(const GumboNode& element, const char* name);

// Elements of which nothing is shown: scripts, styles, embedded documents, form controls with
// content of their own, SVG and MathML.
bool is_hidden(const GumboNode& element);

// Elements that stand on lines of their own.
bool is_block(GumboTag);

// Calls visitor.enter(node) for each node below the root in document order, and visitor.leave(node)
// after the children of those for which enter gave true. Not recursive.
template <class Visitor>
void walk(const GumboNode& root, Visitor& visitor) {
    struct Frame {
        const GumboNode* node;
        unsigned next;
    };
    std::vector<Frame> frames = {{&root, 0}};
    while (!frames.empty()) {
        auto& frame = frames.back();
        const auto& children = frame.node->v.element.children;
        if (frame.next == children.length) {
            if (frame.node != &root) visitor.leave(*frame.node);
            frames.pop_back();
            continue;
        }
        const auto* child = static_cast<const GumboNode*>(children.data[frame.next++]);
        if (visitor.enter(*child) && is_element(*child)) frames.push_back({child, 0});
    }
}

}  // namespace kith::html
